"""Sign-in with the password of the house's own directory (LDAP), for accounts that exist here.

Loaded only where LDAP_SERVER_URI is set; needs the packages of requirements-ldap.txt.
"""

from __future__ import annotations

from typing import Any

import ldap
from django.conf import settings
from django_auth_ldap.backend import LDAPBackend
from django_auth_ldap.config import LDAPSearch


class DirectoryBackend(LDAPBackend):
    """The directory says whether the password is right; who may come in stands in our table."""

    default_settings = {
        "SERVER_URI": settings.LDAP_SERVER_URI,
        "START_TLS": settings.LDAP_START_TLS,
        "BIND_DN": settings.LDAP_BIND_DN,
        "BIND_PASSWORD": settings.LDAP_BIND_PASSWORD,
        "USER_SEARCH": LDAPSearch(settings.LDAP_USER_BASE, ldap.SCOPE_SUBTREE, settings.LDAP_USER_FILTER),
        "CONNECTION_OPTIONS": {ldap.OPT_NETWORK_TIMEOUT: 5, ldap.OPT_TIMEOUT: 5, ldap.OPT_REFERRALS: 0},
        # Only who has an account here comes in, and the directory changes nothing of it.
        "NO_NEW_USERS": True,
        "ALWAYS_UPDATE_USER": False,
    }

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, **credentials: Any
    ) -> Any:
        person = super().authenticate(request, credentials.get("email") or username, password)
        return person if person and person.is_active else None

    def get_user(self, user_id: int) -> Any:
        """A closed account is out with the next request, as with any other way in."""
        person = super().get_user(user_id)
        return person if person and person.is_active else None
