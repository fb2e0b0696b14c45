"""An OpenID provider as a municipality may run one (allauth's own), in a process of its own:

python -m tests.sign_in.provider PORT FOLDER WAY_BACK
"""

import sys
from pathlib import Path

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.management import call_command

CLIENT, SECRET, PASSWORD = "karesi-plan", "secret-of-the-client", "parola-2026-orada"
# Address, whether the provider has verified it, whether it is the municipality's own.
PEOPLE = {"elif@ornek.invalid": True, "nuri@ornek.invalid": False, "yabanci@ornek.invalid": True}


def configure(port: str, folder: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    settings.configure(
        SECRET_KEY="only-for-tests-of-a-provider-that-is-not-ours-00000",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="tests.sign_in.provider_urls",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_RATE_LIMITS=False,
        # Both products answer on one host, whose cookies know no ports.
        SESSION_COOKIE_NAME="provider-session",
        CSRF_COOKIE_NAME="provider-csrf",
        USE_TZ=True,
        IDP_OIDC_PRIVATE_KEY=key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
    )
    django.setup()


def fill(way_back: str) -> None:
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User

    for address, verified in PEOPLE.items():
        user = User.objects.create_user(address.partition("@")[0], address, PASSWORD)
        EmailAddress.objects.create(user=user, email=address, verified=verified, primary=True)
    client = Client(id=CLIENT, name="Karesi Plan", skip_consent=True, redirect_uris=way_back)
    client.set_scopes(["openid", "profile", "email"])
    client.set_secret(SECRET)
    client.save()


if __name__ == "__main__":
    port, folder, way_back = sys.argv[1:]
    configure(port, Path(folder))
    call_command("migrate", verbosity=0)
    fill(way_back)
    call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)
