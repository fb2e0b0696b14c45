"""What a person chose for themselves: the language and the look of their pages."""

from common.history import service


@service
def choose(*, by, language: str = "", theme: str = ""):
    """Keep a choice with the person's own account; what is empty stays as it was."""
    given = {"language": language, "theme": theme}
    changed = [name for name, value in given.items() if value and value != getattr(by, name)]
    for name in changed:
        setattr(by, name, given[name])
    if changed:
        by.save(update_fields=changed)
