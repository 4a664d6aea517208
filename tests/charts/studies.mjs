// Five made-up questionnaires as different as questionnaires are, with made-up answers: what charts are looked at
// and measured with. Everything is made up; the same call writes the same bytes.
//
//   node studies.mjs FOLDER [MOST]     writes NAME.yaml, NAME.csv, NAME-before.csv (an earlier wave) and NAME.sql (when
//                                      answers came) for each study; none with more than MOST answers
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// --- chance with a fixed seed (mulberry32) ---

let state = 20130613;
function chance() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (limit) => Math.floor(chance() * limit);

// One of `count`, around the place `centre` (0 the first, 1 the last).
function around(centre, count) {
  const at = centre * (count - 1) + (chance() + chance() + chance() - 1.5) * Math.max(1.2, count * 0.45);
  return Math.min(count - 1, Math.max(0, Math.round(at)));
}

// --- wording ---

const bank = {
  fr: ["la composition du groupe", "l’animation : rythme, écoute et relances", "le compte rendu « fidèle » des échanges",
    "la place laissée aux agents d’accueil", "l’information des élus, avant comme après", "les délais annoncés au départ",
    "le travail avec les autres services (y compris techniques)", "ce qui reste à faire ; ce qui est abandonné",
    "les moyens réellement accordés aux contrats", "la suite donnée aux propositions des agents de terrain"],
  en: ["how the group was put together", "the pace, the listening and the follow-up", "minutes that were “faithful” to what was said",
    "the room left to front-desk staff", "what council members were told, before and after", "the dates announced at the start",
    "work with other services (technical ones too)", "what remains to be done; what was dropped",
    "the means that contracts were really given", "what became of proposals from the field"],
};

// A text of about `length` characters, never cut inside a word.
function text(language, length, turn) {
  const pieces = bank[language];
  let all = "";
  for (let i = turn; all.length < length; i++) all += (all ? ", " : "") + pieces[i % pieces.length];
  if (all.length > length) all = all.slice(0, length + 1).replace(/[\s,;:(«“]+\S*$/, "");
  return all[0].toUpperCase() + all.slice(1);
}

const both = (length, turn) => ({ fr: text("fr", length, turn), en: text("en", length, turn) });
const say = (fr, en) => ({ fr, en });

// --- scales and questions ---

const AGREEMENT = [[4, say("Tout à fait d’accord", "Fully agree"), true], [3, say("Plutôt d’accord", "Rather agree"), true],
  [2, say("Plutôt pas d’accord", "Rather disagree")], [1, say("Pas du tout d’accord", "Fully disagree")]];
const FIVE = [[5, say("Très bien", "Very good"), true], [4, say("Bien", "Good"), true], [3, say("Moyen", "Fair")],
  [2, say("Mal", "Poor")], [1, say("Très mal", "Very poor")]];
const ELEVEN = Array.from({ length: 11 }, (_, i) => [i, String(i), i > 8]);
const YES_NO = [["y", say("Oui", "Yes"), true], ["n", say("Non", "No")]];
const OFTEN = [["never", say("Jamais", "Never")], ["rare", say("Rarement", "Rarely")], ["often", say("Souvent", "Often")]];

const options = (list) => list.map(([code, words, favourable]) => ({ code, text: words, ...(favourable && { favourable }) }));
// Options a, b, … whose texts have these lengths.
const lengths = (prefix, list) => list.map((length, i) => [`${prefix}${i}`, both(length, i * 3 + list.length)]);

const question = (id, type, words, list, more = {}) =>
  ({ id, type, text: words, ...(list && { options: options(list) }), ...more });
const items = (prefix, list) => list.map((length, i) => ({ id: `${prefix}_${i}`, text: both(length, i * 7 + 1) }));

const NO_OPINION = say("Sans opinion, ou ne se prononce pas", "No opinion, or would rather not say");

const studies = [
  {
    // A town's staff: few invited, one role too small to be shown.
    name: "staff", languages: ["fr", "en"], count: 34, population: { size: 52, channel: { web: 40, paper: 12 } },
    days: 9, groups: { role: [0.62, 0.32, 0.06] },
    questions: [
      question("role", "single", say("Quel est votre rôle principal dans la démarche ?", "What is your main role in the programme?"),
        [["agent", say("Agent d’accueil", "Front-desk staff")], ["chief", say("Responsable d’un des contrats issus de la phase exploratoire", "Manager of one of the contracts of the exploratory phase")], ["elected", say("Élu", "Elected member")]], { breakdown: true }),
      question("useful", "scale", say("La démarche a-t-elle été utile ?", "Was the programme useful?"), AGREEMENT, { no_opinion: true }),
      question("method", "scale", say("Que dites-vous de la méthode : « rythme », « animation », « suites » ?", "What do you say of the method?"), AGREEMENT, { no_opinion: NO_OPINION, items: items("method", [18, 40, 75]) }),
      question("again", "single", say("Recommenceriez-vous ?", "Would you do it again?"), YES_NO),
      question("news", "multiple", say("Par quels moyens receviez-vous des nouvelles ?", "How did news reach you?"), [...lengths("n", [9, 30, 60]), ["none", say("Aucun", "None")]]),
      question("hours", "number", say("Combien d’heures par mois ?", "How many hours a month?"), null, { minimum: 0, maximum: 60, decimals: 1, unit: say("heures", "hours") }),
      question("since", "date", say("Depuis quand ?", "Since when?")),
      question("first", "ranking", say("Que faut-il faire d’abord ?", "What should come first?"), lengths("f", [12, 22, 48]), { at_most: 3 }),
    ],
  },
  {
    // A region's users: many answers, twelve districts, a grid of twelve lines, scales of five and of eleven.
    name: "region", languages: ["en", "fr"], count: 100000, population: { size: 2400000 }, days: 120,
    groups: { district: [0.2, 0.17, 0.13, 0.11, 0.1, 0.08, 0.07, 0.05, 0.05, 0.03, 0.00997, 0.00003] },
    questions: [
      question("district", "single", say("Où habitez-vous ?", "Where do you live?"), lengths("d", [5, 8, 14, 20, 26, 8, 11, 33, 17, 5, 9, 21]), { breakdown: true }),
      question("overall", "scale", say("Dans l’ensemble ?", "All in all?"), FIVE),
      question("quality", "scale", say("Que pensez-vous de ces services ?", "What do you think of these services?"), FIVE, { no_opinion: true, items: items("quality", [8, 14, 21, 30, 44, 60, 17, 25, 36, 90, 12, 52]) }),
      question("advise", "scale", say("De 0 à 10, recommanderiez-vous la région ?", "From 0 to 10, would you recommend the region?"), ELEVEN),
      question("ways", "multiple", say("Comment venez-vous ?", "How do you come here?"), lengths("w", [5, 7, 9, 12, 15, 18, 22, 26, 31, 40, 52])),
      question("age", "number", say("Votre âge ?", "Your age?"), null, { minimum: 16, maximum: 99, unit: say("ans", "years") }),
      question("moved", "date", say("Depuis quand habitez-vous ici ?", "When did you move here?")),
      question("wishes", "ranking", say("Que voulez-vous ?", "What do you want?"), lengths("r", [6, 10, 14, 18, 22, 26, 30, 34]), { at_most: 3 }),
    ],
  },
  {
    // A meeting of seven, and nobody knows how many were invited.
    name: "meeting", languages: ["fr"], count: 7, days: 2, options: ["--minimum-cell", "2"], groups: { side: [0.6, 0.4] },
    questions: [
      question("side", "single", text("fr", 28, 4) + " ?", lengths("s", [5, 12]).map(([c, t]) => [c, t.fr]), { breakdown: true }),
      question("well", "scale", "Cela s’est-il bien passé ?", FIVE.map(([c, t, f]) => [c, t.fr, f])),
      question("points", "scale", text("fr", 120, 2) + " ?", AGREEMENT.map(([c, t, f]) => [c, t.fr, f]), { no_opinion: true, items: items("points", [20, 50, 10, 33]).map(({ id, text: t }) => ({ id, text: t.fr })) }),
      question("wants", "multiple", "Que souhaitez-vous ?", lengths("w", [14, 40]).map(([c, t]) => [c, t.fr])),
      question("number", "number", "Combien de fois ?", null, { minimum: 0, maximum: 10 }),
      question("day", "date", "Quel jour ?"),
      question("rank", "ranking", "Dans quel ordre ?", lengths("o", [8, 16, 30]).map(([c, t]) => [c, t.fr]), { at_most: 2 }),
    ],
  },
  {
    // An administration that writes long: questions, answers, groups and lines of up to 180 characters.
    name: "lengthy", languages: ["fr", "en"], count: 412, population: { size: 960 }, days: 40,
    groups: { unit: [0.4, 0.25, 0.2, 0.1, 0.045, 0.005], hats: null },
    questions: [
      question("unit", "single", both(178, 3), lengths("u", [180, 120, 60, 90, 30, 150]), { breakdown: true }),
      question("hats", "multiple", both(90, 5), lengths("h", [25, 100, 50]), { breakdown: true }),
      question("opinion", "scale", both(180, 1), [...Array(7)].map((_, i) => [7 - i, both([60, 24, 40, 90, 30, 40, 75][i], i), i < 3]), { no_opinion: both(120, 6) }),
      question("lines", "scale", both(150, 2), AGREEMENT, { no_opinion: both(90, 8), items: items("lines", [180, 90, 140, 60, 33, 110, 75, 12]) }),
      question("often", "scale", both(80, 9), OFTEN, { items: items("often", [70, 25]) }),
      question("advice", "scale", both(110, 0), ELEVEN, { items: items("advice", [120, 45, 60]) }),
      question("reasons", "multiple", both(160, 4), [...lengths("g", [180, 140, 100, 60, 20]), ["other", say("Autre", "Other")]]),
      question("budget", "number", both(100, 7), null, { minimum: 0, maximum: 1000000000, unit: say("euros par an et par service concerné", "euros a year and service") }),
      question("order", "ranking", both(130, 2), lengths("k", [170, 80, 40, 110, 20]), { at_most: 5 }),
    ],
  },
  {
    // A team of which everybody answered.
    name: "census", languages: ["en"], count: 46, population: { size: 46, team: { north: 22, south: 24 } }, days: 1,
    groups: { team: "margin" },
    questions: [
      question("team", "single", "Your team?", [["north", "North"], ["south", "South"]], { breakdown: true, required: true }),
      question("fair", "scale", "Was it fair?", YES_NO.map(([c, t, f]) => [c, t.en, f]), { required: true }),
      question("lone", "scale", "A grid of one line", FIVE.map(([c, t, f]) => [c, t.en, f]), { required: true, items: [{ id: "lone_a", text: "The only line" }] }),
      question("talks", "scale", "How were the talks?", AGREEMENT.map(([c, t, f]) => [c, t.en, f]), { required: true, items: items("talks", [22, 40, 30]).map(({ id, text: t }) => ({ id, text: t.en })) }),
      question("kinds", "single", "Which kind?", lengths("k", [6, 9, 15, 20, 30]).map(([c, t]) => [c, t.en]), { required: true }),
      question("visits", "number", "How many visits?", null, { minimum: 0, maximum: 12, required: true }),
    ],
  },
];

// --- answers: each item and each group leans its own way ---

function pick(shares) {
  let left = chance();
  for (let i = 0; i < shares.length; i++) if ((left -= shares[i]) < 0) return i;
  return shares.length - 1;
}

const favour = (list) => (list.findIndex((one) => one.favourable) <= list.findLastIndex((one) => !one.favourable) ? 0 : 1);
const date = (day) => new Date(Date.UTC(2011, 0, 3 + day)).toISOString().slice(0, 10);

function choose(list, most) {
  const left = list.map((one) => one.code), chosen = [];
  for (let wanted = 1 + below(most); chosen.length < wanted && left.length;)
    chosen.push(left.splice(Math.floor(chance() * chance() * left.length), 1)[0]);
  return chosen.join(" ");
}

function answer(asked, lean) {
  if (asked.no_opinion && chance() < 0.07) return "no_opinion";
  if (!asked.required && chance() < 0.03) return "";
  const list = asked.options;
  switch (asked.type) {
    case "single": case "scale": {
      const centre = Math.min(1, Math.max(0, list.some((one) => one.favourable) && favour(list) ? 1 - lean : lean));
      return list[around(centre, list.length)].code;
    }
    case "multiple": return list.length > 3 && chance() < 0.05 ? list.at(-1).code : choose(list, 3);
    case "ranking": return choose(list, asked.at_most);
    case "number": return asked.decimals ? (chance() * chance() * asked.maximum).toFixed(asked.decimals)
      : Math.min(asked.maximum, asked.minimum + Math.floor(chance() ** (asked.maximum > 1e6 ? 6 : 1.4) * (Math.min(asked.maximum, 1e8) - asked.minimum + 1)));
    case "date": return date(below(800));
  }
}

function record(study, number) {
  const group = {};
  for (const asked of study.questions) {
    const shares = study.groups[asked.id];
    if (shares === "margin") group[asked.id] = number < study.population[asked.id].north ? 0 : 1;
    else if (shares) group[asked.id] = number < shares.length * 2 && study.count > 100 ? number % (shares.length - 1) : pick(shares);
  }
  const side = Object.values(group)[0] ?? 0;
  return study.questions.flatMap((asked, i) => {
    if (asked.id in group) return [asked.options[group[asked.id]].code];
    const lines = asked.items ?? [asked];
    const lean = (j) => 0.16 + ((i * 5 + j * 7) % 11) * 0.06 + (side % 3) * 0.08 - (study.earlier ? ((i * 3 + j * 5) % 7) * 0.05 - 0.09 : 0);
    return lines.map((_, j) => answer(asked, lean(j)));
  });
}

function* records(study) {
  yield [...study.questions.flatMap((asked) => asked.items?.map((item) => item.id) ?? [asked.id]), "channel"];
  for (let i = 0; i < study.count; i++) yield [...record(study, i), chance() < 0.73 ? "web" : "paper"];
}

// Most answers come at the beginning and after a reminder.
function days(study) {
  const rows = Array.from({ length: study.days }, (_, day) => [day, 0, 0]);
  for (let i = 0; i < study.count; i++) {
    const day = Math.floor((chance() < 0.6 ? chance() ** 3 * 0.5 : 0.5 + chance() ** 3 * 0.5) * study.days);
    rows[day][chance() < 0.73 ? 1 : 2]++;
  }
  const values = rows.flatMap(([day, web, paper]) => [[day, "web", web], [day, "paper", paper]])
    .filter(([, , count]) => count).map(([day, channel, count]) => `('${date(870 + day)}', '${channel}', ${count})`);
  return `DELETE FROM day_count;\nINSERT INTO day_count VALUES\n${values.join(",\n")};\n`;
}

function write(folder, study) {
  const { name, languages, population, questions } = study;
  const title = languages[1] ? say("Une étude inventée", "A made-up study") : languages[0] === "fr" ? "Une étude inventée" : "A made-up study";
  const privacy = languages[1] ? say("Tout est inventé.", "All is made up.") : title;
  writeFileSync(join(folder, `${name}.yaml`), JSON.stringify({
    questionnaire: name, languages, title, privacy, ...(population && { population }),
    pages: [{ title, questions }],
  }, null, 1) + "\n");
  writeFileSync(join(folder, `${name}.csv`), [...records(study)].map((cells) => cells.join(",")).join("\n") + "\n");
  writeFileSync(join(folder, `${name}.sql`), days(study));
}

const [folder, most = "100000"] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node studies.mjs FOLDER [MOST]");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
for (const study of studies) write(folder, { ...study, count: Math.min(study.count, Number(most)) });
for (const study of studies) {
  const before = { ...study, earlier: true, count: Math.min(Math.ceil(Math.min(study.count, Number(most)) * 0.9), 5000) };
  writeFileSync(join(folder, `${study.name}-before.csv`), [...records(before)].map((cells) => cells.join(",")).join("\n") + "\n");
}
// The same seven questions, of one person.
write(folder, { ...studies[2], name: "single", count: 1, days: 1 });
