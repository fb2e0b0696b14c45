"""What the pages of the municipality's own records may offer."""

from django import template

from institution import permissions

register = template.Library()


@register.filter
def sees_access(user) -> bool:
    return bool(permissions.can_see_access(user))
