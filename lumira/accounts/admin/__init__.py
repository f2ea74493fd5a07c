from lumira.accounts.admin import person_admin, role_admin

__all__ = ["person_admin", "role_admin"]
