from lumira.accounts.models.login_attempts import LoginAttempts
from lumira.accounts.models.two_factor import RecoveryCode, TwoFactor
from lumira.accounts.models.user import User

__all__ = ["LoginAttempts", "RecoveryCode", "TwoFactor", "User"]
