"""The second factor: codes from a phone (TOTP, RFC 6238), or from paper."""

import hashlib
import secrets
import time
from dataclasses import dataclass

import pyotp
import segno
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core import signing
from django.db import IntegrityError
from django.db.models import F
from django.utils.timezone import now

from lumira.accounts.models import RecoveryCode, TwoFactor, User
from lumira.audit.recording import record
from lumira.kit.db import transactional
from lumira.kit.encryption import decrypt, encrypt

ISSUER = "Lumira Oracle"
# A phone's clock may be this many steps of 30 seconds off.
DRIFT_STEPS = 1
RECOVERY_CODES = 10
RECOVERY_LENGTH = 16
# Nothing that is read or typed as something else: 78 bits in 16 of them.
RECOVERY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
OFFER_SALT = "lumira.accounts.two_factor"
OFFER_LIFETIME_S = 3600

ALREADY_SET = "Ce second facteur est déjà activé."
# As the journal shows them.
BY_PHONE, BY_RECOVERY_CODE = "téléphone", "code de secours"


class WrongCode(Exception):
    """Not the code of this moment, or one that was used. The text is for the person."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A secret that a person may take as theirs by showing a code made with it."""

    secret: str
    username: str

    @property
    def in_groups(self) -> str:
        return " ".join(self.secret[at : at + 4] for at in range(0, 32, 4))

    @property
    def qr_code(self) -> str:
        """As <svg>: nothing is fetched, and dark mode does not invert it."""
        uri = _totp(self.secret).provisioning_uri(
            name=self.username, issuer_name=ISSUER
        )
        return segno.make(uri, error="m", micro=False).svg_inline(
            scale=4, border=4, dark="#000", light="#fff"
        )


def is_required() -> bool:
    return bool(settings.STAFF_TWO_FACTOR_REQUIRED)


def is_enrolled(person: User) -> bool:
    return TwoFactor.objects.filter(pk=person.pk).exists()


def new_offer(person: User) -> tuple[Offer, str]:
    """A fresh secret, and the token that brings it back with the form.

    Showing a page saves nothing: the secret travels encrypted in the form.
    """
    secret = pyotp.random_base32()
    values = {"person": person.pk.hex, "secret": encrypt(secret)}
    token = signing.dumps(values, salt=OFFER_SALT)
    return Offer(secret, person.get_username()), token


def offer_of(token: str, person: User) -> Offer | None:
    """The offer made to this person within the hour; None for any other token."""
    try:
        values = signing.loads(token, salt=OFFER_SALT, max_age=OFFER_LIFETIME_S)
        secret = decrypt(values["secret"])
    except (signing.BadSignature, InvalidToken):
        return None
    if values["person"] != person.pk.hex:
        return None
    return Offer(secret, person.get_username())


def enrol(
    person: User, offer: Offer, code: str, *, is_first: bool = False
) -> list[str]:
    """Make the offered secret theirs; the recovery codes, which are shown only now.

    The former factor and its codes end, and so do all sessions of this person.
    Raises WrongCode, also when the same offer is taken a second time, and when it
    `is_first` and there is a factor after all.
    """
    step = _step_of(offer.secret, code)
    if step is None:
        raise WrongCode(
            "Ce n’est pas le code du moment. Vérifiez l’heure de votre téléphone, "
            "puis saisissez le code qu’il affiche maintenant."
        )
    try:
        return _save_factor(person, offer, step, is_first=is_first)
    except IntegrityError:
        raise WrongCode(ALREADY_SET) from None


@transactional
def _save_factor(person: User, offer: Offer, step: int, *, is_first: bool) -> list[str]:
    # First the person: of two at once, one waits here and finds the other's factor.
    person.end_sessions()
    former = TwoFactor.objects.filter(pk=person.pk).first()
    if former and (is_first or former.secret == offer.secret):
        raise WrongCode(ALREADY_SET)
    if former:
        former.delete()
    factor = TwoFactor.objects.create(
        user=person, secret=offer.secret, confirmed_at=now(), last_used_step=step
    )
    codes = _make_recovery_codes(factor)
    action = "staff.second_factor_replaced" if former else "staff.second_factor_set"
    record(action, by=person.get_username(), about=person)
    return codes


@transactional
def renew_recovery_codes(person: User) -> list[str]:
    """Ten new codes, shown only now; the former ones end. Needs a factor."""
    rows = TwoFactor.objects.filter(pk=person.pk)
    # Changes nothing, but makes another renewal wait: it then finds these codes.
    rows.update(last_used_step=F("last_used_step"))
    factor = rows.get()
    factor.recovery_codes.all().delete()
    codes = _make_recovery_codes(factor)
    record("staff.recovery_codes_renewed", by=person.get_username(), about=person)
    return codes


def use_code(person: User, code: str) -> str:
    """BY_PHONE or BY_RECOVERY_CODE. Raises WrongCode; a code is right once."""
    factor = TwoFactor.objects.filter(pk=person.pk).first()
    if factor is not None:
        digits = _bare(code)
        if len(digits) == RECOVERY_LENGTH:
            if _use_recovery_code(factor, digits):
                return BY_RECOVERY_CODE
        elif _use_step(factor, digits):
            return BY_PHONE
    raise WrongCode(
        "Ce code n’est pas le bon, ou il a déjà servi. "
        "Saisissez celui que votre téléphone affiche maintenant."
    )


@transactional
def reset(person: User, *, by: str) -> bool:
    """Take the factor away, and end the sessions of this person.

    They sign in with the password alone, and set up a new factor where it is
    required. False, and nothing recorded, when there was none.
    """
    if not TwoFactor.objects.filter(pk=person.pk).delete()[0]:
        return False
    person.end_sessions()
    record("staff.second_factor_reset", by=by, about=person)
    return True


def _use_step(factor: TwoFactor, digits: str) -> bool:
    step = _step_of(factor.secret, digits)
    if step is None:
        return False
    fresh = TwoFactor.objects.filter(pk=factor.pk, last_used_step__lt=step)
    return bool(fresh.update(last_used_step=step))


def _use_recovery_code(factor: TwoFactor, code: str) -> bool:
    digest = _digest(factor, code)
    unused = RecoveryCode.objects.filter(two_factor=factor, digest=digest, used_at=None)
    return bool(unused.update(used_at=now()))


def _make_recovery_codes(factor: TwoFactor) -> list[str]:
    codes = [
        "".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(RECOVERY_LENGTH))
        for _ in range(RECOVERY_CODES)
    ]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(two_factor=factor, digest=_digest(factor, code)) for code in codes
    )
    return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]


def _digest(factor: TwoFactor, code: str) -> str:
    """Not stretched, as a password's is: the codes are long and made by chance."""
    return hashlib.sha256(f"{factor.pk}:{code}".encode()).hexdigest()


def _bare(code: str) -> str:
    """As typed from a phone or from paper: with spaces, dashes or capitals."""
    return "".join(character for character in code.lower() if character.isalnum())


def _step_of(secret: str, code: str) -> int | None:
    """Which step of 30 seconds the code belongs to, if it is near enough to now."""
    try:
        return _totp(secret).verify_and_get_timecode(
            _bare(code), for_time=time.time(), valid_window=DRIFT_STEPS
        )
    except pyotp.exceptions.OTPVerificationError:
        return None


def _totp(secret: str) -> pyotp.TOTP:
    return pyotp.TOTP(secret)
