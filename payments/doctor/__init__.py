"""What `manage.py doctor` looks at: everything the shop stands on. Writes nothing."""
