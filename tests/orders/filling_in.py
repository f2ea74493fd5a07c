"""A well filled order form, to spoil one field at a time."""

import uuid
from typing import Any

GOOD_ANSWERS = {
    "service": "premium",
    "expert": "camille",
    "first_name": "Alice",
    "last_name": "Martin",
    "email": "alice@example.org",
    "phone": "+33 6 12 34 56 78",
    "date_of_birth": "1990-02-28",
    "birth_time": "06:30",
    "birth_place": "Brême",
    "specific_question": "Dois-je partir ?",
    "specific_context": "Un poste à l'étranger.",
    "life_question": "Pourquoi ?",
    "audio_voice": "feminine",
    "delivery_format": "email",
}


def answers(**changes: Any) -> dict[str, Any]:
    """What a browser posts; a field changed to None is not sent."""
    filled = {**GOOD_ANSWERS, "request_id": str(uuid.uuid4()), **changes}
    return {name: value for name, value in filled.items() if value is not None}
