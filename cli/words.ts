/** What stands after the name of many commands. */
export const scenarioWord = {
  scenario: { type: 'string', demandOption: true, describe: "A preset's id (see scenarios list), or a YAML file" },
} as const;
