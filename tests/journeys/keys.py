"""What a person does who has a keyboard and no mouse: Tab, Enter, Space, arrows, letters."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.hands import said

# Where the focus stands: what it is called, whether it shows there, whether the bar lies over it.
FOCUS = """() => {
  const at = document.activeElement;
  const bar = document.querySelector(".topbar")?.getBoundingClientRect() ?? { bottom: 0 };
  const [box] = at.getClientRects();
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  return {
    name: (at.ariaLabel || at.labels?.[0]?.textContent || at.textContent).replace(/\\s+/g, " ").trim(),
    outlined: outlineStyle !== "none" && parseFloat(outlineWidth) > 0,
    covered: !at.contains(seen) ||
      (box.top < bar.bottom && box.bottom - box.top < innerHeight / 2 && !at.closest(".topbar, .skip")),
  };
}"""


def focused(page: Page) -> str:
    """What the focus stands on; it must be seen there."""
    found = page.evaluate(FOCUS)
    assert found["outlined"], f"the focus does not show: {found['name']}"
    assert not found["covered"], f"the focus is covered: {found['name']}"
    return found["name"]


def to(page: Page, label: str, *, backwards: bool = False, **values: object) -> None:
    """Tab until the focus stands on what begins with these words; it may stand there already."""
    wanted = said(label, **values)
    passed = [focused(page)] if is_somewhere(page) else []
    while not (passed and passed[-1].startswith(wanted)):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        assert is_somewhere(page), f"“{wanted}” is not among {passed}"
        passed.append(focused(page))


def is_somewhere(page: Page) -> bool:
    """Whether anything has the focus; after its last stop a page has none."""
    return page.evaluate("document.activeElement !== document.body")


def enter(page: Page, label: str = "", **values: object) -> None:
    """Press Enter, on what is called so or where the focus stands; the next page is there on return."""
    if label:
        to(page, label, **values)
    with page.expect_event("load"):
        page.keyboard.press("Enter")


def type_into(page: Page, fields: dict[str, object]) -> None:
    """Each field by its label; what stands in it is replaced."""
    for label, value in fields.items():
        to(page, label)
        page.keyboard.press("Control+A")
        page.keyboard.type(str(value))
