// node node.mjs ROWS.json MODULE.wasm…: what each module makes of the rows, one JSON array on standard output.
import { readFile } from "node:fs/promises";
import { train } from "./rows.js";

const [table, ...modules] = process.argv.slice(2);
const rows = JSON.parse(await readFile(table, "utf8"));
const outcomes = [];
for (const module of modules) outcomes.push(await train(await readFile(module), rows));
console.log(JSON.stringify(outcomes));
