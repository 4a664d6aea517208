"""Prints a made-up questionnaire at the edges of what a page of paper has room for."""


def options(count, text):
    return "".join(f'          - {{code: o{i}, text: "{text} {i}"}}\n' for i in range(count))


def scale(name, count, text):
    return f"  {name}:\n" + "".join(f'    - {{code: {i}, text: "{text}{i}"}}\n' for i in range(count))


def items(prefix, count, text):
    return "".join(f'          - {{id: {prefix}{i}, text: "{text(i)}"}}\n' for i in range(count))


LONG = "et une suite de mots assez longue pour deux lignes de texte au moins"
print(f'''questionnaire: edge
languages: [fr]
title: "Étude inventée des bords : un titre fort long, pour que le code carré et le titre se rencontrent sans se recouvrir"
organisation: "Une organisation inventée au nom interminable, direction générale adjointe des ressources et de la modernisation"
privacy: "Tout est inventé."
scales:
{scale("ten", 11, "")}{scale("long", 6, "Une réponse assez longue numéro ")}{scale("wide", 22, "Réponse ")}
pages:
  - title: "Une page <b>&amp; $x"
    questions:
      - {{id: a, type: single, text: "Oui ou non ?", options: [{{code: y, text: "Oui"}}, {{code: n, text: "Non"}}]}}
      - {{id: b, type: multiple, text: "Lesquels ?", options: [{{code: p, text: "Le premier"}}, {{code: q, text: "Le second"}}, {{code: r, text: "Aucun", exclusive: true}}]}}
      - {{id: c, type: number, text: "Combien ?", minimum: -5, maximum: 5, decimals: 1, unit: "kg"}}
      - {{id: d, type: date, text: "Quand ?"}}
      - id: e
        type: scale
        scale: long
        text: "Et ceci ?"
        no_opinion: true
        when: "(a = y and b has p) or (c > 2.5 and not b has q) or d >= 2020-01-31"
      - {{id: f, type: text, text: "Dites.", when: "e >= 4 or e = no_opinion", lines: 60}}
      - {{id: g, type: text, text: "Dites encore.", when: "e >= 4 or e = no_opinion"}}
      - {{id: h, type: text, text: "Et là ?", when: "b answered"}}
  - title: "Des grilles"
    when: "a = y or a = n"
    questions:
      - id: grid40
        type: scale
        scale: long
        no_opinion: true
        text: "Une grille de quarante lignes"
        items:
{items("g", 40, lambda i: f"Ligne {i} " + (LONG if i % 3 == 0 else ""))}
      - id: gridwide
        type: scale
        scale: wide
        text: "Une grille de vingt-deux colonnes"
        items:
{items("w", 3, lambda i: f"Ligne {i}")}
      - id: gridten
        type: scale
        scale: ten
        no_opinion: true
        not_concerned: true
        text: "De 0 à 10"
        items:
{items("t", 3, lambda i: f"Ligne {i} au texte un peu plus long que les autres")}
      - id: many
        type: multiple
        text: "Soixante réponses"
        options:
{options(60, "Une réponse possible, avec quelques mots,")}
      - id: rank
        type: ranking
        text: "Classez"
        no_opinion: true
        options:
{options(12, "Objet à classer")}
      - id: spec
        type: single
        text: "Autre ?"
        options:
          - {{code: one, text: "Une seule réponse vraiment très longue qui va jusqu’au bord de la page, et même au-delà, puisqu’elle a beaucoup de mots à dire", specify: true}}
          - {{code: two, text: "{"mot" * 80}"}}
          - {{code: three, text: "Trois"}}''')
