"""How sign-in (allauth) meets our accounts."""

from ipaddress import ip_address

from allauth.account.adapter import DefaultAccountAdapter

from institution import services


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        """Accounts are made by the administrator, never by the visitor."""
        return False

    def authenticate(self, request, **credentials):
        """Sample people, whose passwords everybody knows, come in from this machine alone."""
        person = super().authenticate(request, **credentials)
        if person and person.is_demo and not ip_address(self.get_client_ip(request)).is_loopback:
            return None
        return person

    def set_password(self, user, password: str) -> None:
        """Changed by the person, signed in or by the link in a letter: either way they are its author."""
        services.set_password(person=user, password=password, by=user)
