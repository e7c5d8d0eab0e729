"""Pages of the web: every word a reader sees, once and in order, in whatever they are written."""

import pytest

from evidence.reader import Unreadable, check_is_a_text, read
from evidence.reading.result import unpacked

LONG = "The committee has collected the names of all who were taken from the village that night. " * 8


def page(body, head=""):
    return f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def blocks(body, head=""):
    return read(page(body, head)).text.rstrip("\n").split("\n\n")


ONCE_AND_IN_ORDER = {
    "block quotations": (
        "<article><h1>T</h1><p>Before.</p><blockquote><p>“Quoted.”</p></blockquote><p>After.</p></article>",
        ["T", "Before.", "“Quoted.”", "After."],
    ),
    "a quotation without a paragraph": (
        "<p>Before.</p><blockquote>“Quoted.”</blockquote>",
        ["Before.", "“Quoted.”"],
    ),
    "lists with paragraphs in them": (
        "<p>Found:</p><ul><li><p>One.</p><p>More of one.</p></li><li>Two.<ol><li>Inner.</li></ol></li></ul>",
        ["Found:", "One.", "More of one.", "Two.", "Inner."],
    ),
    "definitions": ("<dl><dt>Source</dt><dd><p>A committee</p></dd></dl>", ["Source", "A committee"]),
    "captions": (
        "<p>One.</p><figure><img alt=x><figcaption><p>A burned house.</p></figcaption></figure><p>Two.</p>",
        ["One.", "A burned house.", "Two."],
    ),
    "rows of a table": (
        "<table><caption>Killed</caption><tr><th>Town</th><th>Dead</th></tr><tr><td>Douma</td><td>7</td></tr></table>",
        ["Killed", "Town\tDead", "Douma\t7"],
    ),
    "a table that only lays out the page": (
        "<table><tr><td><p>One.</p><p>Two.</p></td><td><p>Three.</p></td></tr></table>",
        ["One.", "Two.", "Three."],
    ),
    "line breaks between words": (
        "<p>The <a>United</a> <b>Nations</b><br>said today.</p>",
        ["The United Nations said today."],
    ),
    "two line breaks between paragraphs": ("<p>One.<br><br>Two<br/> <br>Three</p>", ["One.", "Two", "Three"]),
    "paragraphs in divs beside one in a p": (
        "<div>One.</div><div>Two <i>and</i> more.</div><p>Three.</p>",
        ["One.", "Two and more.", "Three."],
    ),
    "words beside blocks": ("One<p>Two</p>three<div>Four</div>five", ["One", "Two", "three", "Four", "five"]),
    "a page in one form": (
        "<form><div class=nav><a>Home</a></div><h1>T</h1><p>Geneva — All of it in one form.</p></form>",
        ["T", "Geneva — All of it in one form."],
    ),
    "spans that are one word": ("<p><span>Aft</span><span>er</span> it.</p>", ["After it."]),
    "soft hyphens and spaces": ("<p>A\n  ceas&shy;efire\t\nheld.</p>", ["A ceasefire held."]),
    "lines that are kept as typed": ("<pre>One\nTwo</pre>", ["One\nTwo"]),
}


@pytest.mark.parametrize("kind", ONCE_AND_IN_ORDER)
def test_every_word_is_kept_once_and_in_order(kind):
    body, expected = ONCE_AND_IN_ORDER[kind]
    assert blocks(body) == expected


def test_what_stands_around_the_text_is_left_out_and_named():
    body = f"""<header><a>Site</a></header><nav><ul><li>Home</li><li>Donate</li></ul></nav>
    <div class="cookie-consent"><p>We use cookies.</p></div>
    <main><article><h1>T</h1><aside>A box.</aside><p>{LONG}</p><footer>Published on March 1, 2018</footer>
    </article>
    <div class="related"><h3>Read next</h3></div></main><aside>Beside</aside><footer>© Site</footer>"""
    reading = read(page(body))
    assert reading.text.split("\n\n")[1] == "A box." and "Published on March 1, 2018" in reading.text
    for words in ("Home", "We use cookies.", "Read next", "Beside", "© Site"):
        assert words not in reading.text
        assert any(words in left_out for left_out in reading.left_out), words


def test_a_class_that_only_sounds_like_a_menu_loses_no_text():
    assert blocks(f'<div class="page-with-sidebar"><h1>T</h1><p>{LONG}</p></div>')[1] == LONG.strip()
    assert blocks(f'<div class="menu"><p>{LONG}</p></div><p>End.</p>')[0] == LONG.strip()


def test_the_largest_article_is_the_text_and_teasers_are_named_as_left_out():
    teasers = "".join(f"<article><p>Teaser {n}</p></article>" for n in range(3))
    reading = read(page(f"<main><article><h1>T</h1><p>{LONG}</p></article>{teasers}</main>"))
    assert reading.text.startswith("T\n\nThe committee") and "Teaser" not in reading.text
    assert any("Teaser 2" in words for words in reading.left_out)


def test_a_page_ten_thousand_boxes_deep_is_read():
    assert "Deep." in read(page("<div>" * 10_000 + "<p>Deep.</p>")).text


ARABIC, CHINESE, RUSSIAN = (
    "قالت منظمة اليوم إن القوات قصفت المستشفى",
    "政府应当立即释放被拘留的律师",
    "Журналистов задержали в Минске",
)


@pytest.mark.parametrize(
    ("words", "codec", "named", "inside"),
    [
        (ARABIC, "cp1256", "windows-1256", ""),
        (CHINESE, "gbk", "GBK", ""),
        (CHINESE, "gb18030", "gb2312", ""),
        ("医院", "gbk", "gbk", ""),
        (RUSSIAN, "koi8_r", "", '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'),
        (ARABIC, "cp1256", "", "<meta charset='windows-1256'>"),
        (ARABIC, "utf-8", "iso-8859-1", ""),
        ("Éthiopie", "cp1252", "iso-8859-1", ""),
        (RUSSIAN, "utf-16", "", ""),
        (RUSSIAN, "cp1251", "no-such-set", "<meta charset=windows-1251>"),
    ],
)
def test_a_page_is_decoded_by_its_mark_its_bytes_its_site_or_itself(words, codec, named, inside):
    raw = f"<html><head>{inside}</head><body><p>{words}</p></body></html>".encode(codec)
    reading = read(raw, charset=named)
    assert reading.text.strip() == words and not reading.charset


@pytest.mark.parametrize(
    ("words", "codec"),
    [
        (ARABIC, "cp1256"),
        (CHINESE, "gb18030"),
        (RUSSIAN, "cp1251"),
        ("Des élèves arrêtés à Bamako", "cp1252"),
    ],
)
def test_a_character_set_nobody_named_is_guessed_and_said(words, codec):
    for raw, name in ((words * 3, "a.txt"), (f"<html><body><p>{words * 3}</p></body></html>", "a.html")):
        reading = read(raw.encode(codec), name)
        assert reading.text.strip() == words * 3
        assert reading.warnings == [f"CHARSET_GUESSED:{codec}"]


@pytest.mark.parametrize(
    ("title", "body", "code"),
    [
        (
            "Just a moment...",
            "<p>example.org needs to review the security of your connection.</p>",
            "challenge",
        ),
        (
            "Just a moment...",
            "<noscript>Enable JavaScript and cookies to continue</noscript><script>x</script>",
            "challenge",
        ),
        (
            "Attention Required! | Cloudflare",
            "<h1>Sorry, you have been blocked</h1><p>Ray ID</p>",
            "challenge",
        ),
        ("Access Denied", "<h1>Access Denied</h1><p>Reference #18.2</p>", "challenge"),
        ("Page not found | A Watch", "<h1>Page not found</h1><p>Try our search.</p>", "soft_404"),
        ("404", "<p>Oops! We can’t find that page.</p>", "soft_404"),
        ("A Watch", "<h1>Página no encontrada</h1><p>Lo sentimos.</p>", "soft_404"),
        ("Before you continue", "<p>We use cookies and data to measure.</p><p>Accept all</p>", "consent"),
        ("We value your privacy", "<p>We and our partners use cookies to store information.</p>", "consent"),
        ("A paper", "<h1>A title</h1><p>Sign in to continue reading.</p>", "login"),
        (
            "An app",
            "<div id=a></div><noscript>You need to enable JavaScript to run it.</noscript><script>x</script>",
            "needs_javascript",
        ),
        ("An app", "<div id=app></div><script>x</script>", "needs_javascript"),
        (
            "An app",
            "<p>Please enable JavaScript to view this page.</p><script>x</script>",
            "needs_javascript",
        ),
    ],
)
def test_a_page_that_stands_in_the_place_of_a_text_is_refused_with_what_to_do(title, body, code):
    with pytest.raises(Unreadable) as refused:
        check_is_a_text(read(page(body, f"<title>{title}</title>")))
    assert refused.value.code == code
    assert len(str(refused.value)) > 40


def test_a_report_about_such_pages_is_a_text():
    title = "<title>Mass grave not found by investigators in Tarhuna</title>"
    check_is_a_text(
        read(page(f"<h1>Mass grave not found by investigators in Tarhuna</h1><p>{LONG}</p>", title))
    )
    check_is_a_text(
        read(page(f"<h1>Access denied</h1><p>{LONG * 5}</p>", "<title>Access denied: aid in Aleppo</title>"))
    )


@pytest.mark.parametrize(
    "answer",
    [
        '{"text": "a", "media_type": "text/html", "left_out": "x"}',
        '{"text": "a", "media_type": "text/html", "left_out": [1]}',
        '{"text": "a", "media_type": "text/html", "hints": {"color": "red"}}',
        '{"text": "a", "media_type": "text/html", "hints": {"title": "\\u0000"}}',
        '{"text": "a", "media_type": "text/html", "garbled_pages": [3]}',
        '{"text": "a", "media_type": "text/html", "charset": 7}',
    ],
)
def test_what_no_reader_of_ours_would_send_is_no_reading(answer):
    with pytest.raises(ValueError):
        unpacked(answer.encode())
