"""What the pages of the municipality's own records may offer."""

from django import template

from institution import permissions
from institution.sign_in import endings

register = template.Library()


@register.filter
def sees_access(user) -> bool:
    return bool(permissions.can_see_access(user))


@register.simple_tag(takes_context=True)
def session_end(context) -> dict[str, str] | None:
    """When and why the session that this browser had ended (sign_in/endings.py); None if none did."""
    return endings.told(context["request"].session)
