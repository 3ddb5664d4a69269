// The words of the interface, in the language chosen, with plurals; and dates in words.

let words = {}, language = "en", plural = new Intl.PluralRules("en");

export function useWords(all, chosen) {
  language = all[chosen] ? chosen : "en";
  words = all[language];
  plural = new Intl.PluralRules(language);
  for (const speak of speakers) speak();
}

const speakers = [];

// Called at once and whenever the language changes.
export function onLanguage(speaker) {
  speakers.push(speaker);
  speaker();
}

export function languageNow() {
  return language;
}

// Text by its key; {name} is filled in, and where there are forms, `n` chooses one.
export function t(key, values) {
  const found = words[key];
  if (found === undefined) return key;
  const text = typeof found === "string" ? found : found[plural.select(values.n)] ?? found.other;
  return values ? text.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? values[name].toLocaleString(language) : values[name])) : text;
}

function dayFormat(options) {
  return new Intl.DateTimeFormat(language === "ru" ? "ru" : "en-GB", { timeZone: "UTC", ...options });
}

export function dayInWords(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  if (!month) return String(year);
  const at = new Date(Date.UTC(year, month - 1, day || 1));
  return dayFormat(day ? { day: "numeric", month: "long", year: "numeric" } : { month: "long", year: "numeric" }).format(at).replace(" г.", "");
}

export function monthShort(iso) {
  return dayFormat({ month: "short", year: "numeric" }).format(new Date(iso + "T00:00:00Z")).replace(" г.", "");
}

function isLastOfMonth(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).getUTCDate() === day;
}

// "9 October 2025", "July 2025", "2025", "January 2025 to June 2025"; empty for a fact without a date.
export function timeInWords(first, last) {
  if (!first) return "";
  if (first === last || !last) return dayInWords(first);
  const whole = first.endsWith("-01") && isLastOfMonth(last);
  if (whole && first.slice(0, 4) === last.slice(0, 4) && first.slice(5, 7) === "01" && last.slice(5, 7) === "12") return first.slice(0, 4);
  if (whole && first.slice(0, 7) === last.slice(0, 7)) return dayInWords(first.slice(0, 7));
  const [a, b] = whole ? [dayInWords(first.slice(0, 7)), dayInWords(last.slice(0, 7))] : [dayInWords(first), dayInWords(last)];
  return t("from-to", { from: a, to: b });
}
