"""The site of a release: static pages in each language of the interface, made from the release's tables and texts alone."""

from __future__ import annotations

from pipeline.publish.site.build import CSP, SITE, site_files
from pipeline.publish.site.model import Interface, Page, Site

__all__ = ["CSP", "SITE", "Interface", "Page", "Site", "site_files"]
