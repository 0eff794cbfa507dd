"""What speaks for each type of document: the table that `doctypes` weighs.

Patterns are written as one line each; `^` and `$` mean lines. Words of many languages stand side by
side, since a document's language is not known for sure.
"""
# ruff: noqa: E501, RUF001 - a pattern reads best in one line, and holds the marks that documents hold

from __future__ import annotations

import enum


class Where(enum.Enum):
    """Where a cue is looked for."""

    TITLE = "title"
    HEAD = "head"
    TAIL = "tail"
    BODY = "body"


_M = False
_I = True
"""Whether a pattern is written, and looked for, in small letters."""
CUES: tuple[tuple[str, float, Where, str, bool], ...] = (
    # telegrams
    ("telegram", 9, Where.TITLE, r"^(?:circular |extract from )?(?:tele(?:gram|x|printer)|cablegram|backchannel|savingram|inward cable)", _I),
    ("telegram", 7, Where.HEAD, r"^(?:\[?extracts?\]?\s)?(?:unnumbered |circular |inward |outward |joint )*(?:cablegrams?|telegrams?|savingrams?|airgram|telex|teleprinter message|teleletter|lettergram|cable)\b", _I),
    ("telegram", 5, Where.HEAD, r"\b(?:1[89]|20)\d\d[^\n:]{0,12}[—–-]\s?(?:\d{1,2}(?::\d\d)?\s?[ap]\.\s?m|noon|midnight)", _I),
    ("telegram", 4, Where.HEAD, r"\b\d{4}Z\b|\[Received[^\]\n]{0,40}(?:[ap]\.\s?m|noon|midnight)", _M),
    ("telegram", 4, Where.HEAD, r"^\d{3,6}(?:/\d{1,5})?\. (?:\d\. )?[A-Z]", _M),
    ("telegram", 3, Where.HEAD, r"^(?:(?:Topol|Polto|Tosec|Secto|Cirtel|CA|CIRCTEL|USUN|Niact|TO|SIT)\s?[A-Z]?\d{1,5}\b|\d{2,5}\.? (?:For|From|Eyes|Ref|Re|Your|Reference)\b|TO ?SIT\b)", _M),
    ("telegram", 5, Where.HEAD, r"^[O0I]\.\s?[A-Z]{2,3}\s?\d{3,6}|\(DA IN \d", _M),
    ("telegram", 2, Where.BODY, r"\b(?:Embtels?|Deptels?|reftels?|Contel|Legtel|Urtel|Mytel|septel|Depcirtel|FYI|Emb(?:off)?|Dept)\b", _M),
    ("telegram", 2, Where.BODY, r"\b(?:[Mm]y|[Yy]our) (?:immediately preceding |unnumbered )?(?:telegram|cablegram)\b|\b(?:[Mm]y|[Yy]our) (?:No\. )?[A-Z]?\.?\d{2,5}\b", _M),
    ("telegram", 4, Where.HEAD, r"^(?:[A-Z][a-z]{3,8}|[A-Z]{2,5}) \d{1,5}\. [A-Z“]", _M),
    ("telegram", 4, Where.TAIL, r"\brepeated (?:to |for information to )?[A-Z][\w ]{2,24}? \d{2,5}[;,. ]", _M),
    # conversations
    ("memcon", 9, Where.TITLE, r"^record of .{0,60}\bmeeting\b|^(?:draft )?(?:memorand(?:um|a) of (?:a )?(?:telephone |luncheon )?conversations?|memorandum of (?:a )?(?:discussion|meeting)|minutes of|record of (?:a )?(?:conversation|meeting|discussion|telephone)|summary record|notes? (?:of|on) (?:a |the )?(?:meeting|conversation|discussion)|note by .{0,80} of conversation|editorial-memcon|verbatim record)|minutes$|conversation (?:among|between)|transcript of (?:a )?telephone", _I),
    ("memcon", 6, Where.HEAD, r"^(?:(?:[\w.&]+ ){0,3}participants?|(?:the following were |those |also )?present|those present|also present|others present|present at the (?:meeting|conference)|in attendance|attendance|list of participants)\s?:?$|^(?:participants?|present)\s?:", _I),
    ("memcon", 6, Where.HEAD, r"^(?:memorandum of (?:telephone )?conversation|record of (?:conversation|meeting|discussion)|telephone call (?:from|to)|minutes of|note of (?:a )?(?:meeting|conversation|discussion)|(?:minutes|record|report) of the (?:[\w-]+ ){0,2}?(?:meeting|session|discussion)s?\b)", _I),
    ("memcon", 3, Where.HEAD, r"\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?\s?(?:[–-]|to)\s?\d{1,2}(?::\d\d)?\s?[ap]\.\s?m", _I),
    ("memcon", 5, Where.HEAD, r"\[omitted here is (?:conversation|discussion)", _I),
    ("memcon", 4, Where.BODY, r"\[here follows the same list of participants|the meeting (?:broke up|adjourned|ended|concluded) at|(?:the following|also) were present", _I),
    ("memcon", 3, Where.HEAD, r"\bcalled on (?:me|the Secretary|Mr|the Under)|\bI (?:called|telephoned|saw|received)\b.{0,80}\b(?:today|this (?:morning|afternoon)) to (?:inform|tell|discuss|say)|\bcame (?:in )?(?:to see|by) (?:me|the)\b|called (?:at|by) (?:his|my|the)\b.{0,30}request", _M),
    # memoranda
    ("memorandum", 8, Where.TITLE, r"^(?:briefing |information |action |draft |national security (?:study|action|decision) )*memorand(?:um|a)\b|^minute\b|^(?:ministerial )?submission|^note by the |^departmental memo|^paper by\b", _I),
    ("memorandum", 6, Where.HEAD, r"^(?:inter-?departmental |departmental |office |information |action )?memorandum(?: (?:for|from|to|by)\b|\s?\d|\s?:?$)|^note for file|^file note|^minute by|^memorandum \S{0,12}\d", _I),
    ("memorandum", 3, Where.HEAD, r"^subject\s?:?\s?$|^subject\s?:", _I),
    ("memorandum", 3, Where.HEAD, r"^(?:from|to|through)\s?:", _I),
    ("memorandum", 3, Where.HEAD, r"^(?:Mr\. President|Mr\. Secretary|The Secretary|Henry|Minister|The Minister)\s?:?$|^Mr\. President:", _M),
    ("memorandum", 2, Where.BODY, r"\b(?:your signature|for your (?:approval|information|consideration)|I recommend(?: that)?|RECOMMENDATION|Recommendation|recommended that you|minute below|I agree that our|In my judgment)\b", _M),
    # letters
    ("letter", 8, Where.TITLE, r"^(?:(?:personal |draft )?letter|message from (?:president|prime|the (?:president|prime|secretary)|chancellor|premier|king|chairman))\b|^letter$|\bletter (?:to|from)\b", _I),
    ("letter", 7, Where.HEAD, r"^(?:\[?extracts?\]?\s)?(?:personal |official |confidential )*letter\b(?! of (?:credence|recall))", _I),
    ("letter", 6, Where.HEAD, r"^(?:My )?[Dd](?:ear|EAR) [A-Z]|^(?:Lieber|Sehr geehrte|Cher |Chère |Estimad[oa]|Querid[oa]|Geachte|Уважаем|Caro )", _M),
    ("letter", 3, Where.TAIL, r"^(?:With .{0,60}regards?,? ?)?(?:[Ss]incerely|[Yy]ours (?:sincerely|truly|ever|very)|[Ff]aithfully yours|[Cc]ordially|[Ss]incerely yours|Yours faithfully|Mit freundlichen|Bien cordialement|Atentamente)", _M),
    ("letter", 3, Where.HEAD, r"\b[Ii] (?:have|am in|acknowledge) (?:the honou?r to acknowledge|received your|receipt of your letter)|your letter of", _M),
    # despatches
    ("despatch", 9, Where.TITLE, r"^(?:despatch|dispatch|instruction|airgram)\b", _I),
    ("despatch", 8, Where.HEAD, r"^(?:departmental |circular |ministerial )*(?:despatch|dispatch)\b", _I),
    ("despatch", 5, Where.HEAD, r"^No\. ?[\d,]{1,7}(?:\s?\[Extract\])?$|^No\. ?[\d,]{1,7}\s?\n?(?:Sir|SIR):|^A[–-]\d{1,4}\b", _M),
    ("despatch", 4, Where.HEAD, r"^(?:Sir|Sirs|SIR|My Lord|Monsieur le Ministre)\s?[:,]", _M),
    ("despatch", 2, Where.TAIL, r"^(?:Respectfully (?:yours|submitted)|Very truly yours|I have the honou?r to be)|^I have,? etc", _M),
    # notes
    ("note", 9, Where.TITLE, r"^(?:notawisseling|briefwisseling|exchange of (?:notes|letters)|échange de (?:notes|lettres)|notenwechsel|canje de notas)|\bnotawisseling|^nota?e? verbale?|note verbale", _I),
    ("note", 8, Where.HEAD, r"note verbale|verbalnote|nota verbal\b|вербальная нота|notenwechsel|notawisseling|briefwisseling", _I),
    ("note", 8, Where.HEAD, r"presents? (?:its|his|her|their) (?:best )?compliments|présente (?:ses|leurs) compliments|saluda (?:muy )?atentamente|beehrt sich|presenta sus (?:más )?(?:atentos )?(?:saludos|cumplidos)|apresenta (?:os )?seus cumprimentos|свидетельствует свое уважение|betuigt .{0,60}hoogachting|biedt .{0,80}complimenten aan|(?:heeft|heb|hebben) de eer|j['’]ai l['’]honneur|(?:in de vorm van een|houdende een) briefwisseling|in the form of an? exchange of (?:notes|letters)|sous forme d['’](?:un )?échange de (?:notes|lettres)", _I),
    ("note", 6, Where.HEAD, r"^(?:N(?:o|r|°|º)\.? ?)?I\.?$", _M),
    ("note", 5, Where.BODY, r"renew(?:s)? (?:to )?.{0,60}assurances? of (?:my|its|his|their) (?:most )?high(?:est)? (?:and most distinguished )?consideration|assurances? de (?:ma|sa) (?:très )?haute considération|verzekering mijner|ausgezeichneten? hochachtung|seguridades de mi (?:más alta|mayor)", _I),
    ("note", 4, Where.BODY, r"shall (?:be regarded as )?constitut\w+.{0,60}agreement|constitueront un accord|notenwisseling|notenwechsel", _I),
    ("note", 5, Where.TITLE, r"^note\b(?! (?:on|of) (?:a )?(?:meeting|conversation))|\bnote to the\b", _I),
    ("note", 4, Where.HEAD, r"^note (?:by|for file|from)\b", _I),
    ("note", 3, Where.HEAD, r"^C\.C\.S\. ?\d", _M),
    ("aide-memoire", 12, Where.TITLE, r"aide[- ]m[ée]moire", _I),
    ("aide-memoire", 10, Where.HEAD, r"^(?:\W{0,3})aide[- ]m[ée]moire\W{0,3}$", _I),
    ("aide-memoire", 2.5, Where.HEAD, r"aide[- ]m[ée]moire", _I),
    ("credence", 11, Where.TITLE, r"letters? of (?:credence|recall)|lettres? de (?:créance|rappel)|cartas? credencial(?:es)?$|geloofsbrie|beglaubigungsschreiben", _I),
    ("credence", 8, Where.HEAD, r"great and good friend|letters? of (?:credence|recall)$|lettres? de (?:créance|rappel)$|cartas? credencial(?:es)?$|geloofsbriev|beglaubigungsschreiben", _I),
    ("credence", 6, Where.BODY, r"to (?:accredit|recall) (?:him|her|.{0,40}) (?:in the (?:quality|character|capacity)|as (?:my|our) ambassador)|give (?:full )?(?:credence|faith) to (?:all|everything|what)|ajouter (?:foi|créance)|dar (?:entera )?fe y crédito|vollen glauben", _I),
    # declarations of several, and of one
    ("communique", 10, Where.TITLE, r"communiqu|\bjoint (?:\w+ ){0,4}?(?:statement|declaration|press statement|vision)|\bleaders[’'] (?:statement|declaration)|gemeinsame erklärung|déclaration (?:commune|conjointe)|declaración conjunta|comunicado conjunto|совместное заявление", _I),
    ("communique", 8, Where.HEAD, r"^(?:final |joint |press )*communiqu|^communiqu[ée] to the press|^(?:\w+ ){0,3}joint (?:\w+ ){0,3}?(?:statement|declaration|communiqu)|^(?:déclaration (?:commune|conjointe)|declaración conjunta|comunicado conjunto|gemeinsame erklärung|совместное заявление)", _I),
    ("communique", 9, Where.HEAD, r"the following is (?:the text of a|the|a) joint|(?:issued|released|adopted) the following (?:joint )?(?:statement|communiqu|declaration|joint)|text of the following (?:joint )?statement was (?:released|issued)", _I),
    ("communique", 4, Where.BODY, r"\b(?:both sides|the two (?:sides|leaders|presidents|ministers|countries|governments)) (?:also )?(?:agreed|reaffirmed|reiterated|decided|welcomed|expressed|stressed|committed)|(?:the participants|the ministers|the heads of (?:state|delegation)s?|the leaders) (?:also )?(?:agreed|reaffirmed|reiterated|welcomed|decided|condemned)", _I),
    ("communique", 3, Where.HEAD, r"^(?:begin text|we, the (?:leaders|foreign ministers|heads|ministers|members)|the (?:foreign ministers|leaders|heads of (?:state|government)) of .{0,200}(?:met|reaffirm|gathered|express|condemn|today))", _I),
    ("readout", 12, Where.TITLE, r"^(?:[a-z][\w’' ]{0,60})?readouts?\b", _I),
    ("readout", 9, Where.HEAD, r"^(?:background )?readouts? (?:of|from)\b", _I),
    ("readout", 5, Where.TITLE, r"['’]s? (?:call|meeting|travel|visit|phone call|video call|conversation|bilateral meeting|lunch)s? (?:with|to)\b|^(?:background )?press call$", _I),
    ("readout", 7, Where.TITLE, r"(?:首脳|外相|外務大臣|電話|大臣)会談$|会[见見](?!.*公报)|通电话$|举行会[谈談]$", _I),
    ("readout", 6, Where.HEAD, r"^.{2,40}(?:首脳|外相|外務大臣|電話|大臣)会談$|^.{2,40}(?:通电话|举行会谈)$", _I),
    ("readout", 3, Where.BODY, r"\b(?:[Tt]he two leaders|[Tt]hey|[Tt]he (?:President|Vice President|Secretary|leaders)|Mr\. \w+|[A-Z]\w+) (?:also )?(?:discussed|underscored|reaffirmed|reviewed|exchanged|emphasized|reiterated|consulted|thanked|congratulated|expressed)\b", _M),
    # press
    ("press-release", 10, Where.TITLE, r"^(?:united nations )?press releases?|^press statement|press release$|^bolet[ií]n|^persbericht|^pressemitteilung|^communiqué de presse|^comunicado de prensa|^nota à imprensa", _I),
    ("press-release", 6, Where.TITLE, r"\b(?:presents?|presented|receives?|received|accepts?|hands over) (?:\w+ ){0,4}?(?:credentials|letters? of credence|(?:new |outgoing |newly appointed )?ambassadors?)\b|\b(?:appointed|named|sworn in as) (?:\w+ )?(?:ambassador|minister|director|secretary)|remet ses lettres de créance|presenta (?:sus )?cartas credenciales|أوراق اعتماد", _I),
    ("press-release", 4, Where.HEAD, r"^(?:\w+ ){1,8}(?:presents?|receives?) (?:\w+ ){0,4}?(?:credentials|letters? of credence|(?:new |outgoing )?ambassadors?)\b.{0,80}$|\bwas sworn in (?:today|this)|\bwill (?:travel|host|lead a delegation|deliver (?:opening |closing )?remarks|participate in)\b", _I),
    ("press-release", 8, Where.HEAD, r"^報道発表|^新闻稿|^新聞稿|^보도자료|^siaran (?:pers|akhbar)|^basın (?:bülteni|açıklaması)|^tisková zpráva|^komunikat prasowy", _I),
    ("press-release", 8, Where.HEAD, r"for immediate release|^(?:un |united nations )?press release\b|^pressemitteilung|^persbericht|^communiqué de presse|^comunicado de prensa|^nota (?:à|de) (?:imprensa|prensa)|^comunicato stampa|^пресс-релиз|^بيان صحفي", _I),
    ("press-release", 8, Where.HEAD, r"^bolet[ií]n(?: (?:de prensa|oficial))?(?: n[.°ºo]*)? ?\d|^boletín", _I),
    ("press-release", 8, Where.HEAD, r"^office of the spokesperson|^media note|^(?:sc|ga|sg|ecosoc)/(?:sm/)?\d{3,5}\b", _I),
    ("press-release", 4, Where.HEAD, r"\bannounced today\b|\btoday announced\b|^[A-ZÁÉÍÓÚ]\w[\w ]{1,24}(?:, [A-Z][\w ]{2,25}| \([A-Z][\w ]{2,25}\))\s?(?:\.?-|\.|\.? ?–) ", _M),
    ("press-release", 3, Where.TAIL, r"para más información|for (?:more|further) information|press contact|contacts? (?:presse|prensa)|#sembramosfuturo|^-?\s?ends?\s?-?$|dirección de (?:comunicación|relaciones)|tomado de", _I),
    ("press-release", 2, Where.HEAD, r"\b(?:el (?:presidente|ministro|primer mandatario|jefe de estado|canciller|gobierno)|comunicado oficial|gobierno nacional)\b", _I),
    ("fact-sheet", 13, Where.TITLE, r"\bfact ?sheet\b|^factsheet|fiche d['’]information", _I),
    ("fact-sheet", 10, Where.HEAD, r"^fact ?sheet\b", _I),
    ("press-briefing", 12, Where.TITLE, r"press (?:briefing|gaggle|conference)|department (?:press )?briefing|\bpress availability|background (?:press )?(?:call|briefing)|\bgaggle\b|briefing by|remarks to the press", _I),
    ("press-briefing", 6, Where.HEAD, r"^(?:press (?:briefing|gaggle)|department press briefing|daily press briefing|on-the-record briefing|via teleconference|transcript of (?:the )?press)|press secretary|press briefing room|^(?:aboard|on board) air force (?:one|two)", _I),
    ("press-briefing", 2, Where.HEAD, r"(?:deputy |principal )?(?:department )?spokesperson$", _I),
    ("press-briefing", 9, Where.HEAD, r"^(?:press (?:briefing|gaggle|conference)|gaggle)\b", _I),
    ("press-briefing", 5, Where.TAIL, r"\bpress (?:conference|availability|briefing)\b|^q(?:uestion)?[ :]", _I),
    ("speech", 9, Where.TITLE, r"^(?:remarks|address|speech|toasts?|inaugural|opening remarks|closing remarks|keynote|discours|allocution|discurso|rede|toespraak|intervention|выступление|речь)\b|\bremarks (?:by|at|on|to|before)\b|general debate|before their (?:meeting|bilateral)|at the (?:opening|closing|top) of", _I),
    ("speech", 9, Where.HEAD, r"^(?:speech|address|remarks|discours|allocution|intervention|discurso|alocución|intervenção|rede|ansprache|toespraak|выступление|речь|خطاب|كلمة|بيان(?! صحفي| مشترك))\b|السلام عليكم|as prepared for delivery|check against delivery|as delivered|(?:vérifier|seul le prononcé) |cotejar con", _I),
    ("speech", 4, Where.HEAD, r"^(?:Your )?Excellenc(?:y|ies)\b|^Ladies and [Gg]entlemen|^Mr\.? (?:President|Secretary[- ]General|Chair(?:man|person)|Speaker)\s?,|^(?:Monsieur|Madame) (?:le |la )?Présidente?|^(?:Señora?|Senhor) Presidente?|^Distinguished|^(?:My fellow|Members of)", _M),
    ("speech", 5, Where.HEAD, r"\bgeneral (?:debate|assembly)\b[\s\S]{0,160}\bsession|\bsession[\s\S]{0,160}general assembly", _I),
    ("speech", 4, Where.HEAD, r"assemblée générale|asamblea general|assembleia[- ]geral|генеральной ассамблеи|الجمعية العامة|للجمعية العامة", _I),
    ("speech", 4, Where.BODY, r"\((?:[Aa]pplause|[Ll]aughter)\.?\)|^THE PRESIDENT:|^(?:SECRETARY|PRESIDENT|PRIME MINISTER|VICE PRESIDENT|FOREIGN MINISTER) [A-Z’'-]+:", _M),
    ("speech", 3, Where.TAIL, r"^(?:I )?[Tt]hank(?:s| you)(?: all)?(?: very much)?(?:, everyone)?[.!]?(?: \([^)]{1,20}\))?$|^Merci|^(?:Muchas )?[Gg]racias|^God bless|^\d{1,2}:\d\d [AP]\.M\.|^Muito obrigado|^Благодарю|^Спасибо", _M),
    ("statement", 8, Where.TITLE, r"^(?:press |official |white house )?statements?\b|\bstatement (?:by|from|of|on)\b|^déclaration (?:de|du)|^declaración (?:de|del)|^verklaring", _I),
    ("communique", 9, Where.HEAD, r"^بيان مشترك|^联合(?:声明|公报)|^共同声明|^共同コミュニケ|^wspólne oświadczenie|^pernyataan bersama", _I),
    ("statement", 7, Where.HEAD, r"^(?:press )?statement (?:by|from|of|on)\b|is attributable to|^(?:statement|verklaring|erklärung|заявление)$", _I),
    ("statement", 4, Where.HEAD, r"^[A-Z][\w.’' -]{3,40}, (?:Acting )?(?:Secretary of State|(?:Department |Principal Deputy |Deputy )?Spokesperson)$", _M),
    ("statement", 3, Where.BODY, r"\b(?:We|The United States|I|The (?:Government|Ministry)) (?:strongly |firmly |unequivocally )?(?:condemns?|deplores?|welcomes?|congratulates?|mourns?|commends?|applauds?|stands? with|remains? (?:deeply )?concerned|calls? (?:on|for|upon)|urges?)\b|\bour (?:hearts|thoughts|deepest condolences)\b", _M),
        # acts of state
    ("proclamation", 12, Where.TITLE, r"^(?:a )?proclamation\b|royal proclamation", _I),
    ("proclamation", 10, Where.HEAD, r"^(?:by the (?:president|king|queen).{0,60}\s)?a proclamation\b|^proclamation\b|^by the king\b", _I),
    ("proclamation", 7, Where.BODY, r"\bdo hereby proclaim\b|\bhereby proclaim\b|IN WITNESS WHEREOF, I have hereunto set my hand|a mark of respect for", _M),
    ("proclamation", 5, Where.TAIL, r"in witness whereof, i have hereunto set my hand", _I),
    ("declaration", 9, Where.TITLE, r"^(?!.*\bjoint)(?!.*leaders)(?:[\w’' -]{0,60}\s)?declaration (?:of|on)\b|^(?:universal )?declaration\b|^(?:the )?\w+ declaration$|déclaration universelle|declaración universal", _I),
    ("declaration", 7, Where.HEAD, r"^(?:[\w-]+ ){1,3}declaration (?:on|of|against|by|concerning|regarding)\b|^(?:the )?(?:universal )?(?:declaration|déclaration|declaración|declaração|erklärung|dichiarazione|декларация|всеобщая декларация)\b|déclaration universelle|declaración universal|declaração universal|allgemeine erklärung|всеобщая декларация|世界(?:人[权權]|人権)宣言|세계 ?인권 ?선언|الإعلان العالمي|عالمی منشور|اعلامیه جهانی|सार्वभौम घोषणा|सार्वजनिक घोषणा|সার্বজনীন ঘোষণা|taarifa ya ulimwengu|tamko la (?:kilimwengu|ulimwengu)|evrensel beyanname|universele verklaring|powszechna deklaracja|pernyataan umum|tuyên ngôn|הכרזה לכל באי עולם|οικουμενική διακήρυξη|všeobecná deklarace|загальна декларація", _I),
    ("presidential-action", 11, Where.TITLE, r"executive order|presidential (?:memorand|determination|permit|finding)|^notice on|^(?:press release: )?notice (?:on|of|regarding)|message to the (?:congress|senate|house)|letter to the (?:speaker|congress)|continuation of the national emergency|memorandum (?:on|for the secretary|on the delegation)|policy directive|^nominations? sent|^bills? signed|veto message|imposing|adjusting imports", _I),
    ("presidential-action", 9, Where.HEAD, r"^to the (?:congress|senate|house of representatives|speaker)|by the authority vested in me as president|it is hereby ordered|^memorandum for (?:the )?(?:secretary|secretaries|heads|director|attorney)|\bexecutive order \d|^presidential (?:determination|memorandum)|^dear (?:mr|madam)\.? speaker", _I),
    ("presidential-action", 6, Where.BODY, r"this notice shall be published in the federal register|you are authorized and directed to publish|transmitted to the congress|national emergencies act|consistent with the war powers resolution", _I),
    ("presidential-action", 2, Where.TAIL, r"^THE WHITE HOUSE\b", _M),
    # texts in articles, reports, others
    ("treaty", 9, Where.TITLE, r"^(?:\w+ ){0,3}?(?:agreement|treaty|convention|protocol|charter|constitution|overeenkomst|verdrag|statuut|statuten|handvest|accord|traité|protocole|convenio|tratado|acuerdo|vertrag|abkommen|konvention|covenant|memorandum of understanding|accordo|trattato|acte|akte|capitulation|articles of|cowlnamah|stipulations|concordat|schikking|regeling|reglement)", _I),
    ("treaty", 7, Where.HEAD, r"^(?:\w+ ){0,3}?(?:agreement|treaty|convention|protocol|protocole?|overeenkomst|verdrag|accord|traité|convenio|tratado|acuerdo|vertrag|abkommen|accordo|trattato|articles of agreement)\b(?! (?:was|is|has))", _I),
    ("treaty", 5, Where.BODY, r"have agreed (?:as follows|on|upon)|agree as follows|sont convenus|convenus? (?:de ce qui suit|des dispositions)|(?:zijn|is) (?:\w+ ){0,3}overeengekomen|han convenido|haben (?:folgendes )?vereinbart|übereingekommen|(?:hereby )?agree(?:d)? to the following|hanno convenuto|договорились о нижеследующем|اتفقت على", _I),
    ("treaty", 4, Where.HEAD, r"^(?:art(?:icle|ikel|ículo|igo|icolo)|статья|المادة)\.? (?:1|i|premier|first)\b", _I),
    ("treaty", 4, Where.BODY, r"in (?:witness|faith) whereof,? the (?:undersigned|respective|contracting|high|plenipotentiar|representatives)|en foi de quoi|ten blijke waarvan|zu urkund dessen|en fe de lo cual|в удостоверение чего|(?:high )?contracting (?:parties|states)|parties contractantes|verdragsluitende|gedaan te|(?:werd|is|wordt|zijn) (?:\w+ ){0,3}overeengekomen|in (?:dubbel|tweevoud|duplo) (?:opgemaakt|ge)", _I),
    ("treaty", 9, Where.HEAD, r"^(?:translation of (?:an? |the )?)?(?:firman|purwana|perwann?a|sunnud|kowlnama|cowlnamah?|ahdnama|(?:articles of )?agreement|engagement|deed|treaty|grant)s? (?:granted|entered|addressed|executed|concluded|passed|given|between|from|by|of)\b|^(?:a |the )?treat(?:y|ies)\b(?=[^\n]{0,120}\b(?:held|between|with|made|concluded))", _I),
    ("note", 7, Where.HEAD, r"^translation of an? (?:note|paper|letter) addressed by", _I),
    ("treaty", 3, Where.BODY, r"\b(?:enter(?:s|ed)? into force|entr(?:e|era|ée) en vigueur|treedt .{0,60}in werking|tritt .{0,60}in kraft|entrará en vigor)\b", _I),
    ("resolution", 11, Where.TITLE, r"^(?:draft )?r[eé]solutions?\b|resolution \d|^resolutie|^resolución", _I),
    ("resolution", 9, Where.HEAD, r"^(?:draft )?resolution(?: \d|$| adopted)|^the (?:security council|general assembly|economic and social council),?$|^(?:le conseil de sécurité|l'assemblée générale),$|^el consejo de seguridad,|^resolved,", _I),
    ("resolution", 4, Where.BODY, r"^(?:Recalling|Recognizing|Noting|Reaffirming|Decides|Requests|Calls upon)\b", _M),
    ("report", 8, Where.TITLE, r"^(?:\w+ ){0,3}?(?:report|reports|estimate|study|paper|assessment|survey|intelligence|cabinet minute|appreciation|government work report|rapport|informe|bericht|verslag|summary|analysis)\b|national intelligence|报告", _I),
    ("report", 4.5, Where.HEAD, r"^(?:(?:\w+ ){0,3}?report (?:on|of|by|to)\b|national intelligence estimate|special national intelligence|report$|executive summary|summary$|conclusions$|政府工作报告|key judgments)|政府工作报告|各位代表", _I),
    ("report", 7, Where.HEAD, r"^(?:cabinet )?minute \S{0,12}\d|^(?:cabinet )?(?:submission|decision|agendum) ", _I),
    ("report", 3, Where.BODY, r"\bit was (?:further )?(?:resolved|decided|agreed) that\b", _I),
    ("news-report", 9, Where.HEAD, r"\((?:AP|UPI|Reuters|REUTERS|AFP|dpa|PTI|TASS|Tass|Xinhua|Kyodo|UP|INS|AAP|ANSA|EFE|Interfax)\)|^(?:new york times|the times|reuters|associated press)\b", _M),
    ("news-report", 7, Where.TITLE, r"^(?:news(?:paper)? (?:report|article|item)|press (?:report|article))\b", _I),
    ("editorial-note", 14, Where.TITLE, r"^(?:\d+\. )?editorial note", _I),
    ("editorial-note", 10, Where.HEAD, r"^(?:\[?editorial note\]?)$", _I),
    ("editorial-note", 2, Where.BODY, r"\((?:Ibid\.|Department of State, [A-Z]|Memorandum (?:of|for|from|by)|National Archives|Library of Congress|Johnson Library|Kennedy Library|Eisenhower Library|Telegrams? [\w–-]+ (?:to|from)|Foreign Relations|Public Papers|Department of State Bulletin|Documents on )|\b(?:Central Files|Eisenhower Library|Kennedy Library|Johnson Library|Nixon Presidential Materials)\b|[Dd]ocumentation (?:on|relating to)\b|[Ff]or text(?:s)?,? see|(?:printed|scheduled for publication) in Foreign Relations|is printed (?:in|as)|: Lot \d\d [A-Z] \d|see (?:also )?(?:Document|vol)\b", _M),
    ("correspondence", 4, Where.TITLE, r"^(?:no\. \d+ )?(?:the )?(?:acting |under |assistant )*(?:secretary|ambassador|minister|president|charg|consul|chairman|director|deputy|chief|counselor|department|delegation|embassy|legation).{0,160}\bto (?:the|president|mr|sir|all|certain|mrs)\b", _I),
)  # fmt: skip
