"""The printer's child process: HTML in, PDF out, and no way to anything else.

Started as a script by `common.printing` in a confined process of its own. Standard input is one JSON
object {html, css, assets: {name: text}, pictures: {name: [path, type]}, fonts: folder}; standard
output is the file and, after PAGES, on which page each anchor stands as JSON, or in words why this
document has none. Fonts, pictures and assets are known by
name alone; no other address is opened, no redirect followed.
"""

import json
import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "asset:"
PAGES = b"\n%%pages "


class ClosedFetcher(URLFetcher):
    """Serves what came with the job; refuses everything else."""

    def __init__(self, assets: dict[str, str], pictures: dict[str, list[str]], fonts: Path) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.assets = assets
        self.pictures = pictures
        self.fonts = {path.name: path for path in fonts.glob("*.ttf")}
        self.missing: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME):
            raise ValueError(f"refused: {url[:80]}")
        if name in self.assets:
            return URLFetcherResponse(url, self.assets[name].encode(), {"Content-Type": "image/svg+xml"})
        if name in self.pictures and (file := Path(self.pictures[name][0])).exists():
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": self.pictures[name][1]})
        if name in self.fonts:
            return URLFetcherResponse(url, self.fonts[name].read_bytes(), {"Content-Type": "font/ttf"})
        self.missing.append(name)
        raise ValueError(f"unknown: {name[:80]}")


def main() -> None:
    job = json.load(sys.stdin)
    fetcher = ClosedFetcher(job["assets"], job.get("pictures", {}), Path(job["fonts"]))
    # One configuration for both, otherwise the faces are ignored without a word.
    faces = FontConfiguration()
    css = CSS(string=job["css"], url_fetcher=fetcher, font_config=faces)
    document = HTML(string=job["html"], url_fetcher=fetcher, base_url=None).render(
        stylesheets=[css], font_config=faces, presentational_hints=False
    )
    content = document.write_pdf()
    if fetcher.missing:  # the printer would take another face and say nothing
        sys.exit(f"not found: {fetcher.missing}")
    pages: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        pages |= {name: number for name in page.anchors if name not in pages}
    sys.stdout.buffer.write(content + PAGES + json.dumps(pages).encode())


if __name__ == "__main__":
    try:
        main()
    except Exception as error:  # whatever a document does to the printer, it would do again
        sys.stdout.buffer.write(repr(error).encode())
