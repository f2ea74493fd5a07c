from lumira.accounts.roles import Grants, Role

MESSAGES = ("outbox.view_message", "outbox.resend_message")

GRANTS: Grants = {Role.SUPPORT: MESSAGES, Role.ADMINISTRATOR: MESSAGES}
