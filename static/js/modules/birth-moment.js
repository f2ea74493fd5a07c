// A day typed in figures is read back in words, so that nobody mixes up day and month.
// The server reads the same ways of writing (orders/form_fields.py).

const DATES = [
  /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})$/,
  /^(?<d>\d{1,2})[ ./-]+(?<m>\d{1,2})[ ./-]+(?<y>\d{4})$/,
  /^(?<d>\d{2})(?<m>\d{2})(?<y>\d{4})$/,
];
const TIME = /^(\d{4}|\d{1,2}\s*([h:.]\s*(\d{2})?(:\d{2})?)?\s*(am|pm)?)$/i;
const FIRST_YEAR = 1900;

/**
 * @param {HTMLFormElement} form
 */
export function readBirth(form) {
  const day = form.querySelector("[data-birth-date]");
  const hour = form.querySelector("[data-birth-time]");
  if (!(day instanceof HTMLInputElement) || !(hour instanceof HTMLInputElement)) {
    return;
  }
  const echo = echoAfter(day);

  const update = () => {
    const [dayText, hourText] = [day.value.trim(), hour.value.trim()];
    const date = dateIn(dayText);
    echo.textContent = date ? inWords(date) : "";
    day.setCustomValidity(dayText === "" || date ? "" : (day.dataset.invalid ?? ""));
    const isHour = hourText === "" || TIME.test(hourText);
    hour.setCustomValidity(isHour ? "" : (hour.dataset.invalid ?? ""));
  };

  form.addEventListener("input", update, { capture: true });
  form.addEventListener("restored", update);
  window.addEventListener("pageshow", update);
}

/**
 * @param {HTMLInputElement} input
 */
function echoAfter(input) {
  const echo = document.createElement("p");
  echo.className = "field__echo";
  echo.setAttribute("role", "status");
  input.after(echo);
  return echo;
}

/**
 * @param {string} text
 * @returns {Date | null} In UTC: a birthday has no time zone.
 */
function dateIn(text) {
  const found = DATES.map((pattern) => text.match(pattern)?.groups).find(Boolean);
  if (!found) {
    return null;
  }
  const [year, month, day] = [Number(found.y), Number(found.m), Number(found.d)];
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= FIRST_YEAR && date.getTime() <= Date.now() ? date : null;
}

/**
 * @param {Date} date
 */
function inWords(date) {
  const words = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "full",
    timeZone: "UTC",
  });
  return words.format(date);
}
