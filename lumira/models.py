"""None. Django announces its migrations only to apps that have this module."""
