/**
 * How wide letters are, in thousandths of the font size: those of each width in one string. The metrics are
 * Helvetica's; Arial, Liberation Sans, Arimo and Nimbus Sans have the same by design, but for a few signs that are wider in
 * Arial, which then count.
 *
 * @source  Adobe Core 14 font metrics, Helvetica.afm and Helvetica-Bold.afm, version 002.000 (1997): Latin-1, Latin
 *          Extended-A, and the punctuation of papers
 */
type GlyphsByWidth = Readonly<Record<number, string>>

export const REGULAR: GlyphsByWidth = {
  191: "'",
  222: 'ijlįĺł‘’',
  260: '|¦',
  278: ' !,./:;I[\\]ftÌÍÎÏìíîïĪīĮİı',
  299: 'ľ',
  333: '()-`r¡¨²³´¸¹ŕř“”·',
  334: '{}',
  350: '•',
  355: '"',
  365: 'º',
  370: 'ª',
  375: 'ť',
  389: '*',
  400: '°',
  469: '^',
  500: 'Jcksvxyzçýÿćčśşšźżž',
  537: '¶',
  549: '≤≥≠',
  556: '#$0123456789?L_abdeghnopqu¢£¤¥§«»àáâãäåèéêëðñòóôõöùúûüþāăąđēėęěğĹĽŁńňōőūůűų–†‡€¯',
  576: 'µ',
  584: '+<=>~¬±×÷−',
  611: 'FTZ¿ßøŤŹŻŽ',
  643: 'ď',
  667: '&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞĀĂĄĒĖĘĚŚŞŠŸ',
  722: 'CDHNRUwÇÐÑÙÚÛÜĆČĎĐŃŇŔŘŪŮŰŲ',
  737: '©®',
  778: 'GOQÒÓÔÕÖØĞŌŐ',
  833: 'Mm',
  834: '¼½¾',
  889: '%æ',
  944: 'Wœ',
  1000: 'ÆŒ—…™',
  1015: '@',
}

export const BOLD: GlyphsByWidth = {
  238: "'",
  278: ' ,./I\\ijlÌÍÎÏìíîïĪīĮįİıĺł‘’',
  280: '|¦',
  333: '!()-:;[]`ft¡¨²³´¸¹·',
  350: '•',
  365: 'º',
  370: 'ª',
  389: '*r{}ŕř',
  400: '°ľ',
  474: '"',
  479: 'ť',
  500: 'zźżž“”',
  549: '≤≥≠',
  556: '#$0123456789J_aceksvxy¢£¤¥§«¶»àáâãäåçèéêëýÿāăąćčēėęěśşš–†‡€¯',
  584: '+<=>^~¬±×÷−',
  611: '?FLTZbdghnopquµ¿ßðñòóôõöøùúûüþđğĹĽŁńňōőŤūůűųŹŻŽ',
  667: 'EPSVXYÈÉÊËÝÞĒĖĘĚŚŞŠŸ',
  722: '&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜĀĂĄĆČĎĐŃŇŔŘŪŮŰŲ',
  737: '©®',
  743: 'ď',
  778: 'GOQwÒÓÔÕÖØĞŌŐ',
  833: 'M',
  834: '¼½¾',
  889: '%mæ',
  944: 'Wœ',
  975: '@',
  1000: 'ÆŒ—…™',
}
