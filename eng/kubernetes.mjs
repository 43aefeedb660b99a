// node eng/kubernetes.mjs MODULES: reads Kubernetes objects from standard input and checks each against its published schema.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const modules = (path) => import(pathToFileURL(resolve(process.argv[2], path)));
const yaml = await modules('js-yaml/dist/js-yaml.mjs');
const kinds = { 'batch/v1': await modules('kubernetes-models/batch/v1/index.js'), v1: await modules('kubernetes-models/v1/index.js') };
let failed = 0;
for (const object of yaml.loadAll(readFileSync(0, 'utf8'))) {
  const name = `${object.kind} ${object.metadata.name}`;
  try {
    const Model = kinds[object.apiVersion]?.[object.kind];
    if (!Model) throw new Error(`${object.apiVersion} ${object.kind} is not known here`);
    new Model(object).validate();
    console.log(`kubernetes: ${name}: valid`);
  } catch (error) {
    failed++;
    console.log(`kubernetes: ${name}: ${error.message}`);
  }
}
process.exitCode = failed ? 1 : 0;
