"""Words of each language that are forms of each other, as people who know it would say.

Nouns and verbs of foreign affairs in the forms that texts have. Of Arabic and Hebrew, and
of scripts without blanks, the first one is asked for: it finds the others, not they it.
"""

from __future__ import annotations

FORMS: dict[str, tuple[str, ...]] = {
    "ar": (
        "وزير الوزير والوزير بالوزير للوزير",
        "اتفاق الاتفاق اتفاقية الاتفاقية اتفاقيات الاتفاقيات",
        "دولة الدولة للدولة بالدولة والدولة",
        "حكومة الحكومة حكومات للحكومة حكومتها",
        "مفاوضات المفاوضات للمفاوضات والمفاوضات",
        "الأمم للأمم والأمم أمم",
        "قال وقال",
        "علاقات العلاقات وعلاقات بعلاقات",
    ),
    "be": (
        "дагавор дагавора дагаворы дагаворам",
        "міністр міністра міністрам міністры",
    ),
    "bg": (
        "договор договора договорът договори договорите",
        "министър министъра министърът",
    ),
    "ca": (
        "acord acords",
        "tractat tractats",
        "negociació negociacions",
        "govern governs",
    ),
    "cs": (
        "smlouva smlouvy smlouvu smlouvou smlouvách",
        "ministr ministra ministrovi ministrem",
        "jednání jednáních",
        "vláda vlády vládu vládou",
        "dohoda dohody dohodu dohodách",
    ),
    "da": (
        "forhandling forhandlinger forhandlingerne",
        "aftale aftaler aftalen aftalerne",
        "regering regeringen regeringens",
        "minister ministeren ministerens",
    ),
    "de": (
        "Verhandlung Verhandlungen",
        "Vertrag Vertrages Vertrags Verträge Verträgen",
        "Regierung Regierungen",
        "Botschafter Botschafters Botschaftern",
        "Abkommen Abkommens",
        "Konferenz Konferenzen",
        "Beschluß Beschluss",
    ),
    "el": (
        "διαπραγμάτευση διαπραγμάτευσης διαπραγματεύσεις διαπραγματεύσεων",
        "υπουργός υπουργού υπουργό υπουργοί",
        "κυβέρνηση κυβέρνησης κυβερνήσεις κυβερνήσεων",
        "συμφωνία συμφωνίας συμφωνίες συμφωνιών",
    ),
    "en": (
        "negotiation negotiations",
        "negotiate negotiates negotiated negotiating",
        "treaty treaties",
        "minister ministers",
    ),
    "eo": (
        "traktato traktatoj traktaton traktatojn",
        "ministro ministroj ministron",
    ),
    "es": (
        "negociación negociaciones",
        "acuerdo acuerdos",
        "negociar negociando negociado negociaron negociará",
        "país países",
        "embajador embajadora embajadores",
        "político política políticos políticas",
    ),
    "et": ("leping lepingu lepingut lepingud lepingute",),
    "eu": (
        "akordio akordioa akordioak",
        "gobernu gobernua gobernuak gobernuaren",
    ),
    "fa": (
        "دولت دولتها دولت\u200cها دولت\u200cهای دولتهای",
        "کشور کشورها کشورهای کشور\u200cهای",
        "قرارداد قراردادها قراردادهای",
        "مذاکره مذاکرات",
        "وزیر وزیران",
    ),
    "fi": (
        "neuvottelu neuvottelut neuvottelujen neuvotteluja neuvotteluissa",
        "ministeri ministerin ministerit ministerille",
        "sopimus sopimuksen sopimukset sopimusten",
        "hallitus hallituksen hallitukset",
    ),
    "fr": (
        "négociation négociations",
        "négocier négocié négociée négociés négociées négociait",
        "accord accords",
        "décision décisions",
        "traité traités",
        "ministre ministres",
        "européen européenne européens européennes",
        "général générale générales",
    ),
    "gl": (
        "acordo acordos",
        "goberno gobernos",
    ),
    "he": (
        "שר השר לשר ושר והשר כשר",
        "שלום השלום בשלום ושלום לשלום",
        "ממשלה הממשלה בממשלה לממשלה שהממשלה",
        "ביטחון הביטחון לביטחון והביטחון",
        "זכויות הזכויות בזכויות",
        "זכות הזכויות זכותו בזכויותיהם",
        "מדינה המדינות ומדינות מדינת למדינותיהם",
        "ממשלה ממשלת והממשלות ממשלתו",
        "הסכם ההסכמים הסכמי בהסכם",
        "ועדה ועדת הועדות וועדות",
        "שגריר שגרירים שגרירי",
        "שר השרים",
    ),
    "hi": (
        "अधिकार अधिकारों",
        "देश देशों",
        "समझौता समझौते समझौतों",
        "सरकार सरकारें सरकारों",
        "मंत्री मंत्रियों",
    ),
    "hr": (
        "sporazum sporazuma sporazumu",
        "vlada vlade vladu",
    ),
    "hu": (
        "egyezmény egyezmények egyezményt egyezményben",
        "miniszter miniszterek minisztert miniszterrel",
        "kormány kormányok kormányt kormánynak",
        "tárgyalás tárgyalások tárgyalást",
        "szerződés szerződések szerződést szerződésben",
    ),
    "hy": ("նախարար նախարարի նախարարը նախարարներ",),
    "id": (
        "perjanjian janji menjanjikan",
        "menteri menterinya",
    ),
    "it": (
        "negoziato negoziati",
        "accordo accordi",
        "ministro ministri",
        "trattativa trattative",
        "nazione nazioni",
    ),
    "ja": (
        "協定 協定は 協定を 両協定",
        "大統領 大統領が 副大統領",
    ),
    "ka": (
        "ხელშეკრულება ხელშეკრულებას ხელშეკრულების",
        "მინისტრი მინისტრის მინისტრმა",
    ),
    "ko": (
        "대통령 대통령은 대통령이 대통령의",
        "협정 협정을 협정에",
    ),
    "lb": ("Verhandlung Verhandlungen",),
    "lt": (
        "sutartis sutarties sutartys sutarčių",
        "vyriausybė vyriausybės vyriausybę",
    ),
    "mk": (
        "договор договори договорот",
        "министер министерот",
    ),
    "nb": (
        "forhandling forhandlinger forhandlingene",
        "avtale avtaler avtalen avtalene",
        "regjering regjeringen regjeringens",
    ),
    "ne": (
        "अदालत अदालतको अदालतबाट",
        "अधिकार अधिकारहरू अधिकारको",
        "देश देशहरू देशको देशमा",
    ),
    "nl": (
        "onderhandeling onderhandelingen",
        "overeenkomst overeenkomsten",
        "regering regeringen",
        "partij partijen",
        "verdrag verdragen",
    ),
    "pl": (
        "umowa umowy umowę umową umów umowie",
        "rząd rządu rządem rządy",
        "negocjacje negocjacji negocjacjach",
        "traktat traktatu traktaty traktatów",
        "minister ministra ministrem ministrowi",
    ),
    "pt": (
        "negociação negociações",
        "acordo acordos",
        "nação nações",
        "negociar negociado negociaram negociando",
        "país países",
    ),
    "ro": (
        "guvern guvernul guvernului guverne",
        "negociere negocieri negocierile",
        "acord acordul acordului acorduri acordurile",
        "ministru ministrul ministrului",
    ),
    "ru": (
        "переговоры переговоров переговорах переговорами",
        "договор договора договоры договоров договору",
        "российский российского российской российские",
        "министр министра министры министров",
        "соглашение соглашения соглашений соглашением",
        "ещё еще",
        "край края краю",
    ),
    "sk": (
        "dohoda dohody dohodu dohodou",
        "vláda vlády vládu",
        "zmluva zmluvy zmluvu",
    ),
    "sr": (
        "споразум споразума споразуму споразуми",
        "sporazum sporazuma sporazumu sporazumi",
        "влада владе владу",
        "споразум sporazum",
    ),
    "sv": (
        "förhandling förhandlingar förhandlingarna",
        "avtal avtalet avtalen",
        "regering regeringen regeringens",
        "minister ministern ministrar",
    ),
    "ta": ("அரசு அரசுகள்",),
    "tr": (
        "görüşme görüşmeler görüşmeleri",
        "hükümet hükümetin hükümeti",
        "antlaşma antlaşmanın",
        "ülke ülkeler ülkenin",
        "anlaşma anlaşması anlaşmalar anlaşmaları anlaşmanın",
    ),
    "uk": (
        "переговори переговорів переговорах",
        "міністр міністра міністри",
        "угода угоди угоду угодою",
        "уряд уряду урядом",
        "країна країни країні країною",
        "договір договору договори договорів",
    ),
    "yi": (
        "מענטש מענטשן",
        "רעגירונג רעגירונגען",
    ),
    "zh": (
        "合作 国际合作 合作协议",
        "政府 政府工作",
    ),
}
"""Each form finds the others."""

MISSED: dict[str, tuple[str, ...]] = {
    "de": ("verhandeln verhandelt",),
    "et": ("minister ministri ministrid",),
    "fr": ("décider décidé décidée décident",),
    "ga": (
        "rialtas rialtais",
        "conradh conartha",
    ),
    "he": ("ארץ ארצות", "גבול גבולות"),
    "hy": ("պայմանագիր պայմանագրի",),
    "id": ("perundingan runding berunding",),
    "ta": ("உரிமை உரிமைகள் உரிமைகளை",),
    "tr": ("bakan bakanı bakanlar bakanın",),
}
"""Some of these forms do not find some others: what is known to fall short."""
