"""Raw bytes and document.yaml → Source and Texts: decode, find the policy text, join hard line breaks, keep the offsets."""

from pipeline.source.add import add_file, describe_file, description_for
from pipeline.source.add_version import add_version
from pipeline.source.description import Description, load_description
from pipeline.source.raw import check_folder, check_raw, read_folder
from pipeline.source.read import Reading, read_document

__all__ = [
    "Description",
    "Reading",
    "add_file",
    "add_version",
    "check_folder",
    "check_raw",
    "describe_file",
    "description_for",
    "load_description",
    "read_document",
    "read_folder",
]
