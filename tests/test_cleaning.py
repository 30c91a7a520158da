"""What cleaning takes out, what it leaves, and that it never rewrites."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.articles import Article
from summarize.cleaning import clean, clean_line, clean_text, explain, is_boilerplate
from summarize.preparing import prepare
from summarize.reading import read
from summarize.text import fold

ENGLISH = (
    "Jan Jansen won the third stage in Ghent on Monday after a sprint of thirty riders.",
    "He beat Piet Pieters by half a wheel and now leads the race by four seconds.",
)
DUTCH = (
    "Jan Jansen heeft maandag in Gent de derde etappe gewonnen na een sprint van dertig renners.",
    "Hij klopte Piet Pieters met een half wiel en leidt nu met vier seconden.",
)

NOTICES = """
Jansen celebrates in Ghent (Image credit: A. Name/Getty Images)
Jansen celebrates his win in Ghent. Photograph: A. Name/AFP/Getty Images
Image source, Getty Images
Image: Jan Jansen wins in Ghent
[1/5] Cycling - Race Name - Stage 3 - Ghent - May 3, 2021 Jan Jansen wins REUTERS/A. Name Acquire Licensing Rights
Jan Jansen wins the third stage. (AP Photo/A. Name)
Photo by A. Name/Getty Images
Getty Images
Slide 1 of 12: Jansen wins in Ghent.
By Piet Pieters and Jan Jansen in Ghent
Published: 18:20 BST, 13 July 2023 | Updated: 19:02 BST, 13 July 2023
Read more: Jansen's long way to the top.
Article continues below
Sign up for our free newsletter and get the news straight to your inbox.
By signing up you agree to our terms and privacy policy.
Follow us on Facebook and Instagram.
We use cookies to improve your experience. You can change your settings at any time.
To view this content you need to accept cookies from third parties such as Twitter.
This content is not available in your region.
Please enable JavaScript to view this page.
Already a subscriber? Sign in
You have 3 free articles left this month.
3 comments
Advertisement
Results
1 Jan Jansen (Team Name) 4:12:32
1. Jan Jansen (Team Name) in 4u12'32"
2. Piet Pieters (Bel) Other Name s.t.
1 Jan Jansen (Ned) Team 4:12:32 2 Piet Pieters (Bel) Other 0:00:04 3 Kees de Vries (Ned) Third 0:06 4 Klaas Smit (Ned)
Rider name (country) team Time
| 1 | Jan Jansen. | 4:12:32 |
(Reporting by A. Name in Paris; Editing by B. Name)
Copyright 2023 Some Paper. All rights reserved.
This article was updated at 19:44.
Last kilometre
Jansen: 'I had the legs'
View this post on Instagram
What a day! pic.twitter.com/AbCdEf123
- Jan Jansen (@janjansen) July 13, 2023
""".strip().split("\n")

MELDINGEN = """
Volledig scherm Jansen viert zijn zege in Gent. © ANP / EPA
Volledig scherm
Jansen viert zijn zege in Gent. Foto: ANP / A. Naam
Jansen viert zijn zege in Gent. | Beeld: AFP
© Photo News
Jan Jansen (l) wint in Gent voor Piet Pieters. (Foto: A. Naam)
fotocredit: A. Naam
Door: Piet Pieters
Van onze verslaggever
13 jul. 2023, 18:20
Gepubliceerd op 13 juli 2023 om 18:20
Lees ook: Jansen over zijn weg naar de top.
Tekst gaat verder onder de foto.
Bekijk hier de samenvatting van de rit.
Bekijk de uitslag hieronder:
Luister ook naar onze podcast over de koers.
Wil je niets missen? Meld je aan voor onze nieuwsbrief!
Volg ons op Facebook, Twitter en Instagram.
Deel dit artikel via WhatsApp
Wij gebruiken cookies om je ervaring te verbeteren.
Door verder te gaan, accepteer je onze cookies en ons privacybeleid.
Om deze inhoud te kunnen tonen hebben wij jouw toestemming nodig voor cookies van Twitter.
Op deze plek tonen we je graag een tweet. Hiervoor moet je eerst de social media-cookies accepteren.
Er ging iets mis bij het laden van deze video.
Dit artikel is alleen toegankelijk voor abonnees.
Al abonnee? Log hier in.
Reacties (12)
ADVERTENTIE
Uitslag derde etappe
1. Jan Jansen (NED/Team) 4.12,32 uur, 2. Piet Pieters (BEL/Other) z.t., 3. Kees Vries (NED/X) z.t., 4. Jos Smit (NED)
Bron: ANP
(ANP)
Alle rechten voorbehouden.
Dit bericht is om 19.44 uur bijgewerkt.
„Ik had de benen”
Een trui en een record
Mail ons via de website. Laat het ons weten!
Klik hier voor de volledige uitslag.
De stand na drie etappes:
""".strip().split("\n")  # fmt: skip


@pytest.mark.parametrize(
    ("body", "notice"), [(ENGLISH, line) for line in NOTICES] + [(DUTCH, line) for line in MELDINGEN]
)
def test_a_notice_between_two_paragraphs_goes_and_they_stay(body: tuple[str, str], notice: str) -> None:
    # The second word order keeps a table from standing behind a lead-in.
    assert clean_text(f"{body[0]}\n\n{notice}\n\n{body[1]}") == "\n".join(body)
    assert clean_text(f"{body[0]}\n{body[1]}\n{notice}") == "\n".join(body)


SENTENCES = """
The photo finish showed that Jansen had won by the width of a tyre.
He signed a contract with another team for two more seasons.
"You have to accept that and sign for it," said his sports director about the fine.
Image was everything to him, said the old champion in his column.
More on that tomorrow, when the race reaches the mountains.
Related to the crash was a second one, in which eight riders fell.
Jansen told Reuters that he had been ill for a week.
Roglic attacked, Pogacar followed, Vingegaard cracked, Thomas suffered and Evenepoel gave up.
On 12 July 2022 he won his first stage, on 14 July his second.
2 of 3 riders did not reach the finish within the time limit.
His page on Facebook and Instagram was full of messages from other riders.
Results of the tests were expected before the start on Tuesday.
In a statement on its website the team said that he would not start.
By the time they reached the climb, the gap was three minutes.
Van der Poel was second, 12 seconds behind, and Van Aert third at 15 seconds.
Foto's van de val gingen dezelfde avond de wereld over.
Door de wind viel het peloton in drie groepen uiteen.
Hij las ook de brief van zijn ploegleider voor aan de pers.
Meer over die val wilde de renner niet zeggen.
Van der Poel won de rit en Van Aert werd tweede op 12 seconden.
De uitslag werd pas na een uur bekend gemaakt door de jury.
Volgens het ANP start de kopman dinsdag niet meer.
Hij deelde het podium met Pieters, die derde was geworden.
Zijn sponsor, een verkoper van abonnementen, was tevreden.
""".strip().split("\n")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_real_sentence_stays(sentence: str) -> None:
    assert clean_text(f"{ENGLISH[0]}\n{sentence}\n{ENGLISH[1]}").split("\n") == [ENGLISH[0], sentence, ENGLISH[1]]
    assert clean_text(f"{ENGLISH[0]} {sentence} {ENGLISH[1]}") == f"{ENGLISH[0]} {sentence} {ENGLISH[1]}"


def test_a_gallery_in_one_line_goes_as_a_whole() -> None:
    captions = [
        f"Rider {n} of Team Name (right) on the {n}th climb (Image credit: A. Name/Agency {n})" for n in range(9)
    ]
    gallery = "Image 1 of 9 " + " ".join(captions)
    assert clean_text(f"{gallery}\n\n{ENGLISH[0]}") == ENGLISH[0]
    assert clean_text(f"{gallery} {ENGLISH[0]}") == ENGLISH[0]
    assert clean_text(f"{ENGLISH[0]} {' '.join(captions)} {ENGLISH[1]}") == " ".join(ENGLISH)


def test_a_caption_in_front_of_a_paragraph_goes_alone() -> None:
    assert clean_text(f"Jansen wins (Image credit: A. Name/Getty Images) {ENGLISH[0]}") == ENGLISH[0]


def test_a_credit_inside_a_sentence_takes_the_sentence_with_it() -> None:
    text = f"{ENGLISH[0]} Jansen rode (Photo: A. Name) to the finish. {ENGLISH[1]}"
    assert clean_text(text) == " ".join(ENGLISH)


def test_datelines_and_marks_of_agencies_leave_the_sentence() -> None:
    for line in ("ROME, May 12 (Reuters) - ", "PLACE-NAME, France (Some Desk) — ", "Gent (ANP) - ", "GENT - "):
        assert clean_text(line + ENGLISH[0]) == ENGLISH[0]
    assert clean_text(f"{DUTCH[0]} (ANP)") == DUTCH[0]
    assert clean_text(f"{DUTCH[0]} © ANP") == DUTCH[0] or clean_text(f"{DUTCH[0]} © ANP") == ""


def test_captions_without_a_stop_go_only_where_the_text_knows_stops() -> None:
    caption = "Primoz Roglic of Slovenia took command of the race on Sunday to take the yellow jersey"
    assert clean_text("\n".join([ENGLISH[0], caption, ENGLISH[1]])) == "\n".join(ENGLISH)
    unstopped = "\n".join([caption, caption.replace("Sunday", "Monday"), caption.replace("yellow", "pink")])
    assert clean_text(unstopped) == unstopped


def test_repetitions_go() -> None:
    text = "\n".join([*ENGLISH, ENGLISH[0], f"{ENGLISH[1]} And he was glad about it all."])
    assert clean_text(text) == "\n".join([*ENGLISH, "And he was glad about it all."])
    title = "Jansen wins in Ghent and takes the lead!"
    assert explain("\n".join([title, *ENGLISH]), title)[0] == "\n".join(ENGLISH)


def test_a_fragment_at_the_end_of_a_paragraph_goes() -> None:
    assert clean_text(f"{ENGLISH[0]} Results") == ENGLISH[0]
    assert clean_text(f"{ENGLISH[0]} {ENGLISH[1]} Lees ook: Jansen wint") == " ".join(ENGLISH)


def test_tags_entities_and_markdown_are_undone() -> None:
    text = '<p>He won <a href="https://a.b/c" target="_blank">the race</a> &amp; "it".<br>It was 5 &lt; 6.</p>'
    assert clean_text(text) == 'He won the race & "it".\nIt was 5 < 6.'
    assert clean_text("&lt;b&gt;He&lt;/b&gt; won &amp;amp; smiled.") == "He won & smiled."
    assert clean_text("He won<script>alert(1)</script> the <style>p {}</style>race.") == "He won the race."
    assert clean_text("He **won** [the race](https://a.b/c) ![x](y.png)today.") == "He won the race today."
    assert clean_text("A gap of < 5 seconds, 3 > 2, a<b.") == "A gap of < 5 seconds, 3 > 2, a<b."


def test_control_codes_and_invisible_characters_go() -> None:
    text = "He \x1b[31mwon\x1b[0m\x1b]0;title\x07 the\u200b ra\u00adce\u202e\x00\ufeff.\x08"
    assert clean_text(text) == "He won the race."
    assert clean_line(" A\x1b[1m <b>title</b>\n&amp; more\ud800 ") == "A title & more"
    assert clean_text("Cafe\u0301 and\xa0tea,\u2028were  served.") == "Café and tea,\nwere served."


def test_explain_names_the_rule() -> None:
    kept, removed = explain(f"{ENGLISH[0]}\nResults\nWe use cookies.\nSome heading\nRide on © ANP")
    assert kept == ENGLISH[0]
    assert [(part.text, part.rule) for part in removed] == [
        ("Results", "section"),
        ("We use cookies.", "consent"),
        ("Ride on © ANP", "caption"),
        ("Some heading", "heading"),
    ]


def test_a_date_in_the_text_becomes_the_date_where_there_is_none() -> None:
    article = Article(id="a", path="a", title=None, text=f"13 juli 2023, 18:20\n{DUTCH[0]}\nOp 1 mei 2020 won hij ook.")
    cleaned = clean(article)
    assert cleaned.published is not None and cleaned.published.isoformat() == "2023-07-13T18:20:00"
    assert cleaned.has_time and "13 juli" not in cleaned.text


def test_what_is_boilerplate_by_itself() -> None:
    assert is_boilerplate("Lees ook: de uitslag") and is_boilerplate("Foto: ANP") and is_boilerplate("Image 1 of 30")
    assert not is_boilerplate("Jansen wins in Ghent") and not is_boilerplate("Foto's van de etappe maken indruk")


# What stays stands word for word in the source

_PARTS = st.sampled_from(
    [*ENGLISH, *DUTCH, *NOTICES[:12], *MELDINGEN[:12], "\n", "\n\n", " ", "<p>", "</p>",
     "&amp;", "(", ")", "©", "Foto: ",
     "(Image credit: A. Name) ", "…", "'",
     '"', "1 Jan Jansen ", "2 Piet Pieters ", "3 Kees Vries ", "**", "# ", "- "]
)  # fmt: skip


@given(st.lists(_PARTS, max_size=14).map(" ".join))
def test_cleaning_is_idempotent_and_removes_only(text: str) -> None:
    kept, removed = explain(text)
    words = fold(re.sub(r"<[^>]+>", " ", html.unescape(text))).split()
    position = 0
    for word in fold(kept).split():
        position = words.index(word, position) + 1
    assert len(" ".join(part.text for part in removed)) <= len(text) + len(removed)
    assert clean_text(text) == kept


@given(st.text(max_size=300))
def test_any_text_is_cleaned(text: str) -> None:
    kept = clean_text(text)
    kept.encode("utf-8")
    assert not re.search(r"[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u200b]", kept)
    assert "  " not in kept and "\n\n" not in kept


LEAKS = re.compile(
    r"image credit|getty images|cookie|onze excuses|volledig scherm|<[a-z/]|&[a-z]+;|lees ook|inloggen|sign in|©", re.I
)


def _source(path: Path) -> str:
    """The words of a source as the scorer reads them: tags stripped, entities unescaped."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".json":
        data = json.loads(text)
        text = f"{data.get('title', '')} {data.get('text', '')}"
    return fold(html.unescape(re.sub(r"<[^>]+>", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))))


def test_real_articles_leave_only_sentences_and_word_for_word(shared: Path) -> None:
    paths = sorted([*(shared / "seeds").iterdir(), *(shared / "cycling/dev/articles").iterdir()])
    sentences = kept = known = 0
    for path in paths:
        (article,) = read([path])
        assert isinstance(article, Article)
        prepared = prepare(article)
        assert isinstance(prepared, Article), prepared
        source = _source(path)
        for sentence in prepared.sentences:
            sentences += 1
            assert fold(sentence.text) in source
            assert not LEAKS.search(sentence.text), sentence.text
            assert sentence.text[-1] in ".!?…:;,\"”’')" or len(sentence.text.split()) > 3, sentence.text
        kept += sum(len(sentence.text.split()) for sentence in prepared.sentences)
        known += len(article.text.split())
    assert sentences > 1500
    assert kept / known > 0.88  # galleries, captions and headings are the rest


def test_the_seeds_gallery_and_embeds_are_gone(shared: Path) -> None:
    first, _, third, fourth = (prepare(article) for article in read([shared / "seeds"]) if isinstance(article, Article))
    assert isinstance(first, Article) and first.sentences[0].text.startswith("Ion Izagirre (Cofidis) took")
    assert max(len(sentence.text) for sentence in first.sentences) < 400
    assert isinstance(third, Article) and not any("href" in sentence.text for sentence in third.sentences)
    assert isinstance(fourth, Article) and fourth.sentences[-1].text.startswith("De Fransman staat nu vierde")


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("De top drie van het algemeen klassement na zeven etappes.", False),
        ("The top three overall after stage 7.", False),
        ("Jansen leidt het algemeen klassement na zeven etappes.", True),
        ("De top drie bleef gelijk.", True),
    ],
)
def test_what_heads_a_table_goes_with_it(line: str, stays: bool) -> None:
    rows = "1. Jan Jansen (29u 29,34)\n2. Piet Pieters (+1,32)\n3. Bo Lund (+1,41)"
    text = clean_text(f"{DUTCH[0]}\n{line}\n{rows}\n{DUTCH[1]}")
    assert (line in text) is stays
    assert "Lund" not in text
    assert line in clean_text(f"{DUTCH[0]}\n{line}\n{DUTCH[1]}")  # without a table it is a sentence like any other
