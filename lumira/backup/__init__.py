"""A shop as a folder of files, and that folder as a shop again, on any engine."""
