"""200 names that try to be something else: formulas, links, markup, turned text, emoji, very long ones."""

from __future__ import annotations

_FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "\t=1", "\r=1", "＝1+1", "=HYPERLINK(\"http://x\")",
             "{=1}", "=WEBSERVICE(\"http://x\")", "'=1", "=1\n=2", "DDE(\"a\")", "=-1+cmd|x", "%0A=1")  # fmt: skip
_MARKUP = ("<img src=file:///etc/passwd>", "<script>alert(1)</script>", "</w:t>", "&amp;lt;", "<b>굵게</b>", "]]>",
           "<!--", "<a href=//evil>x</a>", "<iframe src=\\\\srv\\s>", "<svg onload=x>", "&#x0;", "<?xml ?>",
           "<style>@import 'x'</style>", "<link href=x>", "<object data=x>", "%PDF-1.4 endobj")  # fmt: skip
_PLACES = ("file:///c:/x", "\\\\srv\\share\\x.png", "https://x.kr/?q=<>", "javascript:alert(1)", "//evil/x",
           "../../x", "CON", "NUL.txt", "a/b\\c:d*e?", "mailto:a@b.kr", "data:text/html,x", "0012", "1e9", "1/2",
           "(문자) Tj ET", ">> /JS (x)")  # fmt: skip
_SIGNS = ("\u202e뒤집힌\u200f", "소식 😀👨‍👩‍👧", "가\u0301나", "\u0000\u0001제어", "\ufeff앞", "ᄒᆞᆫ글", "\U0001f1f0\U0001f1f7", "𠮷野家",
          "مرحبا", "שלום", "\ue000사용자", "\ud7a3\u11a8", "½ ㎡ ①", "a\u200bb", "\u2028줄", "﷽")  # fmt: skip


def _all() -> list[str]:
    found = [*_FORMULAS, *_MARKUP, *_PLACES, *_SIGNS]
    found += [f"{text} {n}" for n, text in enumerate((*_FORMULAS, *_MARKUP, *_PLACES, *_SIGNS))]
    found += [f"{text}채널" for text in (*_FORMULAS, *_MARKUP)]
    found += ["아주긴이름" * n for n in (10, 20, 39)] + ["낱말 " * n for n in (20, 40, 60)]
    found += [f"{chr(0x2190 + n)}표{chr(0xAC00 + n * 37)}" for n in range(34)]
    return found[:200]


HOSTILE = _all()
