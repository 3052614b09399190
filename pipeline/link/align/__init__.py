"""How two texts of one document are put side by side; pipeline.link.alignment is what others use of it."""
