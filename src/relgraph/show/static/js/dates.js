// Days as ISO text, and the bins that histogram and timeline count in.

export function isDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text || "")) return false;
  const date = new Date(text + "T00:00:00Z");
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

function iso(year, month, day) {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month, day);
  return date.toISOString().slice(0, 10);
}

export function dayNumber(day) {
  return Date.parse(day + "T00:00:00Z") / 86400000;
}

export function dayBefore(day) {
  const [year, month, date] = day.split("-").map(Number);
  return iso(year, month - 1, date - 1);
}

// The bins from one day to another, each {first, last}: years, quarters or months, so that there are neither too few nor too many.
export function binsBetween(first, last, most) {
  const years = Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1;
  const months = years * 4 > (most || 60) ? 12 : years * 12 > (most || 60) ? 3 : 1;
  const bins = [];
  let year = Number(first.slice(0, 4)), month = Math.floor((Number(first.slice(5, 7)) - 1) / months) * months;
  while (bins.length < 400) {
    const start = iso(year, month, 1), next = iso(year, month + months, 1);
    if (start > last) break;
    bins.push({ first: start, last: dayBefore(next) });
    month += months;
    if (month > 11) { year += 1; month -= 12; }
  }
  return { bins, months };
}

// Which bins to name: the starts of years where there are enough of them, at most `most`.
export function ticksOf(bins, most) {
  const years = bins.map((_, index) => index).filter((index) => bins[index].first.slice(5, 7) === "01"), all = years.length > 2 ? years : bins.map((_, index) => index);
  const step = Math.ceil(all.length / most);
  return all.filter((_, at) => at % step === 0);
}

// The days that an axis spans: those with facts, from the 2nd percentile on, for a few facts decades before all others would squeeze them.
export function spanOf(days) {
  const counts = new Map();
  for (const day of days) counts.set(day, (counts.get(day) || 0) + 1);
  const sorted = [...counts.keys()].sort();
  const nth = (n) => { let seen = 0; for (const day of sorted) { seen += counts.get(day); if (seen > n) return day; } return sorted[sorted.length - 1]; };
  return sorted.length ? [nth(Math.floor(days.length * 0.02)), nth(Math.ceil((days.length - 1) * 0.995))] : null;
}

// The bin that holds a day, by halving; -1 outside.
export function binOf(bins, day) {
  let low = 0, high = bins.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (day < bins[middle].first) high = middle - 1;
    else if (day > bins[middle].last) low = middle + 1;
    else return middle;
  }
  return -1;
}
