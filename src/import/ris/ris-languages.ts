/** Languages by their names and two letters, in the three letters that PubMed writes. */
const LANGUAGES: ReadonlyMap<string, string> = new Map(
  `eng english en;spa spanish es español castellano;por portuguese pt português;fre french fr français;ger german de
  deutsch;ita italian it;dut dutch nl;rus russian ru;chi chinese zh;jpn japanese ja;kor korean ko;pol polish pl;swe swedish
  sv;dan danish da;nor norwegian no;fin finnish fi;cze czech cs;hun hungarian hu;tur turkish tr;gre greek el;ara arabic ar;
  per persian fa;heb hebrew he;ukr ukrainian uk;rum romanian ro;hrv croatian hr;srp serbian sr;slv slovenian sl;cat catalan
  ca`
    .split(';')
    .flatMap((line) => {
      const [code = '', ...names] = line.trim().split(/\s+/)
      return [code, ...names].map((name) => [name, code] as const)
    }),
)

/** A language as printed, the first of several; undefined where nobody knows it. */
export const languageOf = (printed: string): string | undefined => {
  const [first = ''] = printed.toLowerCase().split(/[;,]|\band\b/)
  return LANGUAGES.get(first.trim()) ?? (/^[a-z]{3}$/.test(first.trim()) ? first.trim() : undefined)
}
