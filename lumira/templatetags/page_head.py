"""What a page says of itself: its addresses, its title once more, its facts."""

import json
import re

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader_tags import BlockNode
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from lumira import chosen_language

register = template.Library()

# What could end the script or begin a comment in it, as Django's json_script.
UNSAFE_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@register.filter
def in_language(address: str, language: str) -> str:
    """{{ request.get_full_path|in_language:"en" }}: the same page in English."""
    return chosen_language.in_language(address, language)


@register.simple_tag(takes_context=True)
def public_address(context: Context, language: str = "") -> str:
    """Where this page is found, in the language it is in or in another one."""
    spoken = language or translation.get_language() or settings.LANGUAGE_CODE
    return chosen_language.public_address(context["request"].path, spoken)


@register.filter
def json_ld(value: object) -> SafeString:
    """Linked data: a block of data that no browser runs."""
    text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    safe = mark_safe(text.translate(UNSAFE_IN_SCRIPT))  # noqa: S308
    return format_html('<script type="application/ld+json">{}</script>', safe)


class _SaidAgain(template.Node):
    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> SafeString:
        # An empty block of that name: what the page has for it is put in its place.
        said = BlockNode(self.name, NodeList()).render(context)
        # Not split(): that would take French's no-break spaces for spaces.
        line = re.sub(r"[ \n]+", " ", said).strip(" ")
        return mark_safe(line)  # noqa: S308 (a template escaped it)


@register.tag
def repeat_block(parser: Parser, token: Token) -> _SaidAgain:
    """{% repeat_block title %}: a block twice, which `block` refuses; on one line."""
    _tag, name = token.split_contents()
    return _SaidAgain(name)
