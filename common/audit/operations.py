"""Tables whose rows stay as they were written: guarded by triggers, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

WORDS = "audit: rows of %s stay as they were written"


class AppendOnly(Operation):
    """Refuse to change or remove rows of a model, and to empty its table.

    `when` is an SQL condition on OLD: only rows for which it holds are kept ("OLD.state <> 'open'").
    With `shut` no row for whose NEW the same holds may be added either (a ballot in a closed vote).
    `but` is an SQL condition on OLD and NEW, never null: a change that meets it is let through.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name: str, when: str = "", shut: bool = False, but: str = "") -> None:
        self.model_name, self.when, self.shut, self.but = model_name, when, shut, but

    def guard(self, model: Any) -> Guard:
        return Guard(model._meta.db_table, model._meta.pk.column, self.when, self.shut, self.but)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._run(app_label, schema_editor, to_state, forwards=True)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._run(app_label, schema_editor, from_state, forwards=False)

    def _run(self, app_label: str, schema_editor: Any, state: Any, *, forwards: bool) -> None:
        model = state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        guard = self.guard(model)
        vendor = schema_editor.connection.vendor
        for statement in guard.removal(vendor) + (guard.creation(vendor) if forwards else []):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Keep the rows of {self.model_name} as they were written"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model_name.lower()}_append_only"


class Guard:
    """The triggers of one table: what makes them, what removes them."""

    def __init__(self, table: str, pk: str, when: str = "", shut: bool = False, but: str = "") -> None:
        self.table, self.pk, self.when, self.shut, self.but = table, pk, when, shut, but

    def triggers(self, vendor: str) -> dict[str, str]:
        """By name, what makes each trigger, as the database keeps it."""
        return self._of_sqlite() if vendor == "sqlite" else self._of_postgresql()

    def creation(self, vendor: str) -> list[str]:
        function = [self.function] if vendor == "postgresql" else []
        return function + list(self.triggers(vendor).values())

    def removal(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [f'DROP TRIGGER IF EXISTS "{name}"' for name in self.triggers(vendor)]
        triggers = [f'DROP TRIGGER IF EXISTS "{name}" ON "{self.table}"' for name in self.triggers(vendor)]
        return [*triggers, f'DROP FUNCTION IF EXISTS "{self.name}"()']

    @property
    def name(self) -> str:
        return f"keep_{self.table}"

    def _of_sqlite(self) -> dict[str, str]:
        told = WORDS % self.table
        refusal = f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
        kept = f"({self.when})" if self.when else "1"
        changed = f"{kept} AND NOT ({self.but})" if self.but else kept
        # INSERT OR REPLACE removes a row without asking the trigger of deletion.
        same = f'OLD."{self.pk}" = NEW."{self.pk}"'
        over = f'EXISTS (SELECT 1 FROM "{self.table}" AS OLD WHERE {same} AND {kept})'  # noqa: S608  # a migration's words
        if self.shut:
            over += f" OR ({self._for_new})"
        return {
            f"{self.name}_{act}": f'CREATE TRIGGER "{self.name}_{act}" BEFORE {act.upper()} ON "{self.table}" '
            f"WHEN {condition} {refusal}"
            for act, condition in [("update", changed), ("delete", kept), ("insert", over)]
        }

    def _of_postgresql(self) -> dict[str, str]:
        acts = "INSERT OR UPDATE OR DELETE" if self.shut else "UPDATE OR DELETE"
        call = f'EXECUTE FUNCTION "{self.name}"()'
        return {
            f"{self.name}_rows": f'CREATE TRIGGER "{self.name}_rows" BEFORE {acts} ON "{self.table}" FOR EACH ROW {call}',
            f"{self.name}_all": f'CREATE TRIGGER "{self.name}_all" BEFORE TRUNCATE ON "{self.table}" FOR EACH STATEMENT {call}',
        }

    @property
    def function(self) -> str:
        return f'CREATE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql AS $keep${self.body}$keep$'

    @property
    def body(self) -> str:
        """Each act by itself: a row that an act does not have cannot be asked about."""
        refusal = f"RAISE EXCEPTION '{WORDS % self.table}' USING ERRCODE = 'restrict_violation';"
        lines = [f"IF TG_OP = 'TRUNCATE' THEN {refusal} END IF;"]
        if self.shut:
            lines.append(
                f"IF TG_OP = 'INSERT' THEN IF {self._for_new} THEN {refusal} END IF; RETURN NEW; END IF;"
            )
        if self.but:
            lines.append(f"IF TG_OP = 'UPDATE' THEN IF {self.but} THEN RETURN NEW; END IF; END IF;")
        lines.append(f"IF {self.when} THEN {refusal} END IF;" if self.when else refusal)
        lines.append("IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;")
        return "\nBEGIN\n" + "\n".join(lines) + "\nEND\n"

    @property
    def _for_new(self) -> str:
        return self.when.replace("OLD.", "NEW.")
