"""Real words of Hebrew, Hindi and Nepali documents with their forms, as people read them.

For each language the document's paragraphs are the records. Behind each word that is asked for
stand the words of the document that a reader takes for forms of it, as they are printed: with
particles, in the plural, before another noun, with possessors and postpositions, spelled otherwise.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from archivist.model.query import Word
from archivist.search import Entry, Index
from tests.search.making import ARCHIVE, MemorySeals

READ: Final[Mapping[str, tuple[str, ...]]] = {
    "he": (
        (
            "זכות הזכות ובזכות וזכות זכותו בזכויות הזכויות זכויות לזכויות שהזכויות "
            "שזכויות ובזכויותיהם בזכויותיו זכויותיו"
        ),
        (
            "חירות החירות לחירות מחירות החירויות וחירויות ולחירויות חירויות והחירויות ובחירויות "
            "ובחירויותיו לחרות ולחרויות והחרויות"
        ),
        "אדם האדם כאדם מאדם",
        "חוק החוק בחוק כחוק והחוקים",
        "חברה החברה",
        "הגנה ולהגנה להגנה מהגנה להגנת להגנתו",
        "עבודה העבודה לעבודה עבודתו",
        "מדינה המדינה והמדינה למדינה המדינות והמדינות",
        "ארץ הארץ שהארץ ארצו בארצות שבארצות",
        "משפחה המשפחה משפחת במשפחתו",
        "בחירה לבחירה בבחירות",
        "אומה האומות והאומות",
        "אישיות האישיות אישיותו",
        "חובה חובות וחובותיו",
        "דעה הדעה בדעות ודעות",
        "אזרחות לאזרחות אזרחותו",
        "אגודה לאגודה אגודות לאגודות",
        "דת והדת דתו לדתו",
        "גבול גבולות",
        "ילד הילדים",
        "מצפון המצפון ובמצפון במצפונה",
        "הכרזה ההכרזה בהכרזה",
        "שלום השלום והשלום",
        "כבוד הכבוד לכבוד בכבוד בכבודה בכבודו לכבודו",
    ),
    "hi": (
        "अधिकार अधिकारों",
        "देश देशों",
        "राष्ट्र राष्ट्रों",
        "कानून क़ानून",
        "स्वतन्त्रता स्वतन्त्रताओं",
        "आज़ादी आज़ादियों",
        "सदस्य सदस्यों",
        "सीमा सीमाओं",
        "सुविधा सुविधाएं सुविधाओं",
        "बच्चा बच्चे बच्चों",
        "चुनाव चुनावों",
        "भाषा भाषाओं",
        "अदालत अदालतों",
        "मनुष्य मनुष्यों",
        "लोग लोगों",
        "उद्देश्य उद्देश्यों",
        "प्रदेश प्रदेशों",
        "आवश्यकता आवश्यकताओं",
        "मामला मामले मामलों",
        "हित हितों",
        "छुट्टी छुट्टियां",
        "जनता जनताओं",
        "अपराध अपराधों",
        "जाति जातियों",
        "रुकावट रुकावटों",
        "शान्ति शांति",
    ),
    "ne": (
        "अधिकार अधिकारको अधिकारमा अधिकारलाई अधिकारहरु अधिकारहरू अधिकारहरूको",
        "राष्ट्र राष्ट्रको राष्ट्रहरू राष्ट्रहरूका",
        "व्यक्ति व्यक्तिको व्यक्तिलाई व्यक्तिले व्यक्तिहरु व्यक्तिहरूमा",
        "स्वतन्त्रता स्वतन्त्रताको स्वतन्त्रताहरु स्वतन्त्रताहरुलाई",
        "शिक्षा शिक्षाको शिक्षाद्वारा शिक्षामा",
        "परिवार परिवारका परिवारको",
        "समाज समाजको समाजमा समाजबाट",
        "देश देशको देशमा",
        "सदस्य सदस्यको सदस्यहरूको",
        "घोषणा घोषणाको घोषणामा घोषणालाई",
        "विवाह विवाहको",
        "अपराध अपराधको अपराधहरुको अपराधहरूको",
        "कार्य कार्यको कार्यहरुमा कार्यहरू कार्यहरूको",
        "संरक्षण संरक्षणको संरक्षणद्वारा",
        "सरकार सरकारको सरकारमा",
        "अदालत अदालतको अदालतले अदालतबाट",
        "राज्य राज्यको राज्यबाट",
        "संस्था संस्थासँग",
        "उद्देश्य उद्देश्यले उद्देश्यहरु",
        "मत मतलाई मतहरु",
    ),
}
"""By language: the word that is asked for, and its forms in the document."""
_LETTERS = r"\w\u0590-\u05c7\u0900-\u0963"


class Answer(NamedTuple):
    """What one word finds: paragraphs by number.

    Attributes:
        asked: the word.
        due: where a reader finds a form of it.
        found: what Archivist finds.
    """

    asked: str
    due: frozenset[int]
    found: frozenset[int]


def answers(language: str, text: str) -> list[Answer]:
    """Ask for each word of a language in the paragraphs of a text."""
    paragraphs = dict(enumerate(re.split(r"\n\s*\n", unicodedata.normalize("NFC", text)), 1))
    entries = [
        Entry(key, "", paragraph, language, {"lang": (language,)})
        for key, paragraph in paragraphs.items()
    ]
    with tempfile.TemporaryDirectory() as folder:
        searcher = Index.rebuild(Path(folder), MemorySeals(), ARCHIVE, entries, 1).searcher()
        return [
            Answer(
                forms[0],
                frozenset(key for key, each in paragraphs.items() if _is_there(forms, each)),
                frozenset(map(int, searcher.keys(Word(forms[0])))),
            )
            for forms in (unicodedata.normalize("NFC", line).split() for line in READ[language])
        ]


def _is_there(forms: Sequence[str], text: str) -> bool:
    """Look for whole words as they are printed, without Archivist's code."""
    found = rf"(?<![{_LETTERS}])(?:{'|'.join(map(re.escape, forms))})(?![{_LETTERS}])"
    return re.search(found, text) is not None


def figures(several: Sequence[Answer]) -> tuple[int, int, int]:
    """Return how many paragraphs are due, found, and both."""
    due = sum(len(one.due) for one in several)
    found = sum(len(one.found) for one in several)
    return due, found, sum(len(one.due & one.found) for one in several)
