"""What every page has, rendered once: its head, its header, its footer."""

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


class _Kept(template.Node):
    def __init__(self, values: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.values = values
        self.nodelist = nodelist
        # As long as the template, which in production is as long as the process.
        self.rendered: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self.values.items()}
        # A template that does not know them renders nothing else: nobody's page, no
        # token, no message can come in.
        alone = context.new(values)
        if not settings.KEEPS_PAGES:
            return self.nodelist.render(alone)
        key = (get_language(), *values.values())
        if key not in self.rendered:
            self.rendered[key] = self.nodelist.render(alone)
        return self.rendered[key]


@register.tag
def kept(parser: Parser, token: Token) -> _Kept:
    """{% kept quiet %}…{% endkept %}: depends on the language and `quiet` alone.

    Inside there is no other variable. Only with values of which there are a few.
    """
    _tag, *names = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    values = {name: parser.compile_filter(name) for name in names}
    return _Kept(values, nodelist)
