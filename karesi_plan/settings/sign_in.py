"""How people come in and stay in: passwords, second factors, sessions, the house's own directory."""

from typing import Any

from karesi_plan.settings import env

AUTH_USER_MODEL = "institution.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

# --- Passwords
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
BREACHED_PASSWORDS_FILE = env.text("BREACHED_PASSWORDS_FILE")
# Length and lists, no rules about kinds of characters, and no end of a password's time.
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "institution.sign_in.passwords.OwnWordsValidator"},
    {"NAME": "institution.sign_in.passwords.RunsValidator"},
    {
        "NAME": "institution.sign_in.passwords.LeakedPasswordValidator",
        "OPTIONS": {"path": BREACHED_PASSWORDS_FILE},
    },
]
# How long a link of an invitation or for a new password is good.
PASSWORD_RESET_TIMEOUT = env.number("PASSWORD_LINK_HOURS", 24) * 3600

# --- The library (allauth)
ACCOUNT_ADAPTER = "institution.sign_in.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "reset_password": "institution.sign_in.forms.ResetPasswordForm",
    "reset_password_from_key": "institution.sign_in.forms.ChoosePasswordForm",
    "user_token": "institution.sign_in.forms.UserTokenForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Karesi Plan: "
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Votes, approvals and changes of rights ask who is there when the last proof is older than this.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# A municipality sits behind one address, so what succeeds is counted generously and what fails is not.
# Failures are counted before a password is hashed.
ACCOUNT_RATE_LIMITS: Any = {
    "login": "120/m/ip",
    "login_failed": "10/m/ip,5/m/key,30/h/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "10/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)

# --- The second factor
MFA_ADAPTER = "institution.sign_in.adapters.FactorAdapter"
MFA_FORMS = {
    "activate_totp": "institution.sign_in.forms.ActivateTOTPForm",
    "add_webauthn": "institution.sign_in.forms.AddPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Karesi Plan"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the administrator gave the address, nobody typed it at a door
MFA_RATE_LIMITS: Any = {"webauthn_login": "60/m/ip"}
# Seals the seeds; the first seals, all open. Not in the database, so that its copy proves nobody.
MFA_KEYS = env.words("MFA_KEY")
# Kinds of bodies (institution/roles.py) whose seats demand a second factor.
MFA_REQUIRED_FOR = env.words("MFA_REQUIRED_FOR")

# --- Sessions
SESSION_IDLE_SECONDS = env.number("SESSION_IDLE_MINUTES", 30) * 60
SESSION_ABSOLUTE_SECONDS = env.number("SESSION_ABSOLUTE_HOURS", 10) * 3600
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS

# --- The house's own OpenID provider
OIDC_SERVER_URL = env.text("OIDC_SERVER_URL")
OIDC_NAME = env.text("OIDC_NAME", "OpenID")
OIDC_ID = "house"  # in the address that the provider sends people back to
SOCIALACCOUNT_ADAPTER = "institution.sign_in.adapters.DirectoryAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may not lead to another host (CSP), a link may
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "VERIFIED_EMAIL": env.flag("OIDC_EMAIL_VERIFIED"),
        "APPS": [
            {
                "provider_id": OIDC_ID,
                "name": OIDC_NAME,
                "client_id": env.text("OIDC_CLIENT_ID"),
                "secret": env.text("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ],
    }

# --- The house's own directory
LDAP_SERVER_URI = env.text("LDAP_SERVER_URI")
LDAP_START_TLS = env.flag("LDAP_START_TLS", LDAP_SERVER_URI.startswith("ldap://"))
LDAP_BIND_DN = env.text("LDAP_BIND_DN")
LDAP_BIND_PASSWORD = env.text("LDAP_BIND_PASSWORD")
LDAP_USER_BASE = env.text("LDAP_USER_BASE")
LDAP_USER_FILTER = env.text("LDAP_USER_FILTER", "(mail=%(user)s)")
if LDAP_SERVER_URI:
    AUTHENTICATION_BACKENDS.insert(1, "institution.sign_in.directory.DirectoryBackend")
