"""Which page who opens: the address by its name, the persona, and what the address names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tests.pages.sample import SEATED


@dataclass(frozen=True)
class Page:
    """One page as one persona sees it."""

    name: str
    who: str
    of: Callable[[Any], tuple] = lambda sample: ()
    query: str = ""
    status: int = 200

    def path(self, sample: Any) -> str:
        found = [getattr(thing, "pk", thing) for thing in self.of(sample)]
        return reverse(self.name, args=found) + self.query.format_map(vars(sample))

    def __str__(self) -> str:
        return f"{self.name}{self.query}-{self.who}"


PAGES = [
    *(Page("home", who) for who in SEATED),
    Page("home", "stranger", status=403),
    Page("home", "officer", query="?list=submitted"),
    Page("home", "officer", query="?list=checks"),
    Page("home", "officer", query="?list=unreached"),
    # Sign-in and the person's own account
    Page("account_login", "visitor"),
    Page("account_logout", "officer"),
    Page("account_inactive", "visitor"),
    Page("account_reset_password", "visitor"),
    Page("account_reset_password_done", "visitor"),
    Page("account_reset_password_from_key", "visitor", lambda s: ("1", "spent")),
    Page("account_reset_password_from_key_done", "visitor"),
    Page("account_signup", "visitor"),
    Page("account_change_password", "officer"),
    Page("account_reauthenticate", "officer"),
    Page("account_sessions", "officer"),
    Page("mfa_index", "officer"),
    Page("mfa_index", "unit_rep"),  # has an authenticator app
    Page("mfa_activate_totp", "officer"),
    Page("mfa_deactivate_totp", "unit_rep"),
    Page("mfa_view_recovery_codes", "unit_rep"),
    Page("mfa_generate_recovery_codes", "unit_rep"),
    Page("mfa_reauthenticate", "unit_rep"),
    Page("mfa_add_webauthn", "officer"),
    Page("mfa_list_webauthn", "officer"),
    Page("socialaccount_login_cancelled", "visitor"),
    Page("socialaccount_login_error", "visitor", status=401),
    # The municipality
    Page("institution:settings", "officer"),
    Page("institution:municipality_edit", "officer"),
    Page("institution:law", "sysadmin"),
    Page("institution:law", "officer"),
    Page("institution:legal_value", "officer", lambda s: ("council.tie",)),
    Page("institution:periods", "council_member"),
    Page("institution:period", "officer", lambda s: (s.period,)),
    Page("institution:period_edit", "officer", lambda s: (s.period,)),
    Page("institution:period_open", "officer", status=403),  # while one is in preparation
    Page("institution:units", "officer"),
    Page("institution:units", "council_member"),
    Page("institution:unit_add", "officer"),
    Page("institution:unit_edit", "officer", lambda s: (s.unit,)),
    Page("institution:access", "officer"),
    Page("institution:access", "inspector", query="?right=vote"),
    Page("institution:people", "sysadmin"),
    Page("institution:people", "inspector"),
    Page("institution:person_add", "sysadmin"),
    Page("institution:person_edit", "sysadmin", lambda s: (s.rapporteur,)),
    # Bodies and those who sit in them
    Page("teams:index", "officer"),
    Page("teams:index", "group_member"),
    Page("teams:body", "officer", lambda s: (s.council,)),
    Page("teams:body", "unit_rep", lambda s: (s.team,)),
    Page("teams:body", "rapporteur", lambda s: (s.group,)),
    Page("teams:body_add", "officer"),
    Page("teams:body_edit", "officer", lambda s: (s.group,)),
    Page("teams:body_dissolve", "officer", lambda s: (s.group,)),
    Page("teams:term_add", "officer", lambda s: (s.council,)),
    Page("teams:term_edit", "officer", lambda s: (s.council, s.term)),
    Page("teams:seat_add", "officer", lambda s: (s.group,)),
    Page("teams:seat_end", "officer", lambda s: (s.council, s.seat)),
    Page("teams:seat_delegate", "officer", lambda s: (s.group, s.membership)),
    Page("teams:person", "officer", lambda s: (s.team_member,)),
    Page("teams:person_appoint", "officer", lambda s: (s.team_member,)),
    Page("teams:hand_over", "officer", lambda s: (s.team_member,)),
    Page("teams:my_seats", "mayor"),
    # Work calendar
    Page("timetable:index", "officer"),
    Page("timetable:index", "council_member", query="?view=table"),
    Page("timetable:activity", "officer", lambda s: (s.activity,)),
    Page("timetable:activity", "unit_rep", lambda s: (s.activity,)),
    Page("timetable:add", "officer"),
    Page("timetable:edit", "officer", lambda s: (s.activity,)),
    # Reports
    Page("reports:index", "officer"),
    Page("reports:index", "team_member", query="?show=accepted"),
    Page("reports:index", "group_member"),
    Page("reports:request", "officer"),
    Page("reports:report", "officer", lambda s: (s.late,)),
    Page("reports:report", "rapporteur", lambda s: (s.returned,)),
    Page("reports:report", "team_chair", lambda s: (s.submitted,)),
    Page("reports:report", "inspector", lambda s: (s.accepted,)),
    Page("reports:due", "officer", lambda s: (s.late,)),
    Page("reports:cancel", "officer", lambda s: (s.late,)),
    Page("reports:version", "team_member", lambda s: (s.submitted, 2), query="?view=changes"),
    Page("reports:version", "inspector", lambda s: (s.accepted, 1)),
    Page("reports:section", "rapporteur", lambda s: (s.returned, 1)),
    Page("reports:section", "rapporteur", lambda s: (s.returned, 2)),
    Page("reports:section", "officer", lambda s: (s.submitted, 2)),
    Page("reports:find", "rapporteur", lambda s: (s.returned,), query="?q=payda%C5%9F&put=ilgili"),
    Page("reports:writers", "rapporteur", lambda s: (s.returned,)),
    Page("reports:states", "rapporteur", lambda s: (s.returned, 1)),
    Page("reports:submit", "rapporteur", lambda s: (s.returned,)),
    Page("reports:submit", "group_member", lambda s: (s.returned,)),
    Page("reports:intake", "group_member", lambda s: (s.returned,)),
    Page("reports:taken", "officer", lambda s: (s.late, s.late.intakes.get())),
    Page("reports:queue", "team_member"),
    Page("reports:queue", "team_chair", query="?show=decided"),
    Page("reports:queue", "team_member", query="?kind=answered&q=payda%C5%9F&facets=1"),
    Page("reports:judge", "team_member", lambda s: (s.submitted, 2)),
    Page("reports:judge", "team_member", lambda s: (s.submitted, 2), query="?view=side"),
    Page("reports:judge", "team_chair", lambda s: (s.submitted, 2)),
    Page("reports:round_due", "team_chair", lambda s: (s.submitted,)),
    Page("reports:close", "team_chair", lambda s: (s.submitted,)),
    Page("reports:contradictions", "team_member"),
    Page("reports:contradictions", "officer", query="?show=decided"),
    Page("reports:templates", "officer"),
    Page("reports:template", "officer", lambda s: (s.template,)),
    Page("reports:template_add", "officer"),
    Page("reports:template_change", "officer", lambda s: (s.template,)),
    Page("reports:template_criteria", "officer", lambda s: (s.submitted.template_id,)),
    Page("reports:template_preview", "officer", lambda s: (s.template,)),
    Page("reports:template_section_add", "officer", lambda s: (s.template,)),
    Page("reports:template_section", "officer", lambda s: (s.template, s.template_section)),
    # The plan
    Page("plan:index", "officer"),
    Page("plan:index", "council_member"),
    Page("plan:goal", "officer", lambda s: (s.goal,)),
    Page("plan:goal-new", "officer"),
    Page("plan:goal-edit", "officer", lambda s: (s.goal,)),
    Page("plan:objective-new", "officer", lambda s: (s.goal,)),
    Page("plan:card", "team_member", lambda s: (s.objective,)),
    Page("plan:card", "council_member", lambda s: (s.objective,)),
    Page("plan:card-edit", "officer", lambda s: (s.objective,)),
    Page("plan:outlook-edit", "officer"),
    Page("plan:costs", "council_member"),
    Page("plan:checks", "officer"),
    # Drafts
    Page("drafts:index", "officer"),
    Page("drafts:index", "council_member"),
    Page("drafts:living", "officer"),
    Page("drafts:read", "council_member", lambda s: (s.draft,)),
    Page("drafts:approval", "mayor", lambda s: (s.draft,)),
    Page("drafts:approval", "officer", lambda s: (s.draft,)),
    # Meetings
    Page("meetings:index", "officer"),
    Page("meetings:index", "council_member"),
    Page("meetings:new", "officer"),
    Page("meetings:new", "officer", query="?body={council.pk}"),
    Page("meetings:meeting", "clerk", lambda s: (s.sitting,)),
    Page("meetings:meeting", "council_member", lambda s: (s.sitting,)),
    Page("meetings:meeting", "clerk", lambda s: (s.called,)),
    Page("meetings:meeting", "officer", lambda s: (s.planned,)),
    Page("meetings:minutes", "clerk", lambda s: (s.sitting,)),
    Page("meetings:minutes", "council_member", lambda s: (s.called,)),
    Page("meetings:edit", "officer", lambda s: (s.planned,)),
    Page("meetings:call", "officer", lambda s: (s.planned,)),
    Page("meetings:adjourn", "clerk", lambda s: (s.sitting,)),
    Page("meetings:note", "clerk", lambda s: (s.next_item,)),
    Page("meetings:open_vote", "clerk", lambda s: (s.next_item,)),
    Page("meetings:vote", "council_member", lambda s: (s.vote,)),
    Page("meetings:ballots", "clerk", lambda s: (s.vote,)),
    Page("meetings:close_vote", "clerk", lambda s: (s.vote,)),
    Page("meetings:number", "clerk", lambda s: (s.decided,)),
    # Notices
    Page("owed", "officer"),
    Page("owed", "team_member"),
    Page("owed", "council_member"),
    Page("notices:index", "rapporteur"),
    Page("notices:index", "team_member"),
    Page("notices:choices", "rapporteur"),
    Page("reports:remind", "officer"),
    # Files and history
    Page("common:everything", "inspector"),
    Page("common:everything", "officer", query="?who=system"),
    Page("common:everything", "officer", query="?since=x"),
    Page("common:readings", "officer"),
    Page("common:readings", "sysadmin"),
    Page("files:index", "officer"),
    Page("files:index", "council_member"),
    Page("files:room", "team_member", lambda s: (s.group,)),
    Page("files:room", "inspector", lambda s: (s.group,)),
    Page("files:file", "officer", lambda s: (s.file,)),
    Page("files:file", "team_member", lambda s: (s.group_file,)),
    *(
        Page("history", "officer", of)
        for of in (
            lambda s: ("reports", "report", s.returned),
            lambda s: ("institution", "body", s.council),
            lambda s: ("meetings", "meeting", s.sitting),
            lambda s: ("plan", "objective", s.objective),
        )
    ),
]

# Addresses that answer a script, a machine or a download, and those that lead on at once.
NO_PAGES = {
    "health_live",
    "health_ready",
    "common:session",
    "jobs:progress",
    "common:everything_table",
    "common:readings_table",
    "files:download",
    "notices:open",
    "files:picture",
    "files:preview",
    "files:upload",
    "institution:access_table",
    "drafts:source",
    "reports:check",
    "reports:here",
    "reports:write",  # to the section to go on with
    "reports:evaluate",  # to the section to decide on
    # What the sign-in library has and this product does not offer
    "account_confirm_login_code",
    "account_confirm_email",
    "account_email",
    "account_email_verification_sent",
    "account_set_password",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "socialaccount_connections",
    "socialaccount_signup",
    # In the midst of a sign-in or with a passkey: tests/sign_in looks at them
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
}
