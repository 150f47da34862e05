import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readConfig as readGatewayConfig } from '../../server/gateway/config.ts';
import { readConfig as readPlatformConfig } from '../../server/platform/config.ts';
import { requireShared } from '../../server/platform/programs.ts';

/** The files in deploy/ start the programs with a configuration that they accept, and as little power as they need. */

const read = (file: string) => readFileSync(path.join('deploy', file), 'utf8');
const readme = readFileSync('README.md', 'utf8');

const SECRETS: Readonly<Record<string, string>> = {
  STUDIO_PASSWORD: 'a long sentence',
  MIKSHI_API_KEY: 'sk_of_the_studio',
  DATABASE_URL: 'postgres://studio:secret@postgres/studio',
};

/** Fails unless a program takes this environment. */
function expectAccepted(command: string, environment: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(environment))
    expect(readme, 'the README documents it').toContain(`\`${name.replace(/_FILE$/, '')}\``);
  if (command.includes('gateway')) {
    const { databaseUrl, isEmbedded, mediaOrigins } = readGatewayConfig(environment);
    expect({ databaseUrl: typeof databaseUrl, isEmbedded }).toEqual({ databaseUrl: 'string', isEmbedded: true });
    expect(mediaOrigins.length).toBeGreaterThan(0);
  } else {
    const config = readPlatformConfig(environment);
    requireShared(config);
    if (command.includes('api')) expect(config.apiKey).toBeDefined();
  }
}

describe('compose.yaml', () => {
  const serviceSchema = z.object({
    image: z.string(),
    command: z.union([z.string(), z.array(z.string())]).optional(),
    environment: z.record(z.string(), z.string()).default({}),
    secrets: z.array(z.string()).default([]),
    healthcheck: z.object({ test: z.array(z.string()) }).optional(),
    user: z.string().optional(),
    read_only: z.boolean().optional(),
    cap_drop: z.array(z.string()).optional(),
    depends_on: z.record(z.string(), z.unknown()).default({}),
  });
  const { services, secrets } = z
    .object({ services: z.record(z.string(), serviceSchema), secrets: z.record(z.string(), z.unknown()) })
    .parse(parse(read('compose.yaml').replaceAll(/\$\{STUDIO_HOST[^}]*\}/g, 'studio.example.org'), { merge: true }));
  const entries = Object.entries(services);
  const programs = entries.filter(([, { image }]) => image.startsWith('mikshi-studio:'));

  test('has two of each program', () => {
    expect(programs.map(([name]) => name).sort()).toEqual([
      'api-1',
      'api-2',
      'gateway-1',
      'gateway-2',
      'worker-1',
      'worker-2',
    ]);
  });

  test.each(entries)('%s has a pinned image, secrets that exist, and is checked', (name, service) => {
    expect(service.image).toMatch(/:[\w.-]*\d[\w.-]*$/);
    for (const secret of service.secrets) expect(Object.keys(secrets)).toContain(secret);
    for (const other of Object.keys(service.depends_on)) expect(Object.keys(services)).toContain(other);
    if (name !== 'bucket') expect(service.healthcheck).toBeDefined();
  });

  test.each(programs)('%s is accepted by its program, and confined', (_name, service) => {
    expect(service).toMatchObject({ user: 'node', read_only: true, cap_drop: ['ALL'] });
    const folder = mkdtempSync(path.join(tmpdir(), 'deploy-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const environment = Object.fromEntries(
      Object.entries(service.environment).map(([name, value]) => {
        if (!name.endsWith('_FILE')) return [name, value];
        expect(service.secrets).toContain(path.basename(value));
        const file = path.join(folder, name);
        writeFileSync(file, SECRETS[name.replace(/_FILE$/, '')] ?? 'secret');
        return [name, file];
      }),
    );
    expectAccepted(String(service.command), environment);
  });
});

describe('kubernetes', () => {
  const objectSchema = z.looseObject({ kind: z.string(), metadata: z.object({ name: z.string() }) });
  const readAll = (file: string) =>
    parseAllDocuments(read(`kubernetes/${file}`)).map((document) => objectSchema.parse(document.toJS()));
  const objects = ['config.yaml', 'studio.yaml', 'autoscaling.yaml'].flatMap(readAll);
  const deploymentSchema = z.object({
    metadata: z.object({ name: z.string() }),
    spec: z.object({
      selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
      template: z.object({
        metadata: z.object({ labels: z.record(z.string(), z.string()) }),
        spec: z.object({
          securityContext: z.object({ runAsNonRoot: z.literal(true) }),
          containers: z
            .array(
              z.object({
                image: z.string().regex(/:\d/),
                args: z.array(z.string()),
                envFrom: z.array(
                  z.object({
                    configMapRef: z.object({ name: z.string() }).optional(),
                    secretRef: z.object({ name: z.string() }).optional(),
                  }),
                ),
                env: z.array(z.object({ name: z.string(), value: z.string() })),
                resources: z.object({
                  requests: z.record(z.string(), z.string()),
                  limits: z.object({ memory: z.string() }),
                }),
                securityContext: z.object({
                  readOnlyRootFilesystem: z.literal(true),
                  allowPrivilegeEscalation: z.literal(false),
                }),
                startupProbe: z.object({}),
                livenessProbe: z.object({}),
                readinessProbe: z.object({}),
              }),
            )
            .length(1),
        }),
      }),
    }),
  });
  const deployments = objects
    .filter(({ kind }) => kind === 'Deployment')
    .map((object) => deploymentSchema.parse(object));

  test.each(deployments)('$metadata.name is accepted by its program', ({ spec }) => {
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
    for (const { args, env, envFrom } of spec.template.spec.containers) {
      const environment: Record<string, string> = {};
      for (const { configMapRef, secretRef } of envFrom) {
        const [kind, name] = configMapRef ? ['ConfigMap', configMapRef.name] : ['Secret', secretRef?.name];
        const source = objects.find((object) => object.kind === kind && object.metadata.name === name);
        Object.assign(environment, source?.data, source?.stringData);
      }
      for (const { name, value } of env) environment[name] = value;
      expectAccepted(String(args), {
        ...environment,
        ...(environment.STUDIO_PASSWORD ? { STUDIO_PASSWORD: 'a long sentence' } : {}),
      });
    }
  });

  test('autoscalers, budgets and services name deployments that exist', () => {
    const names = deployments.map(({ metadata }) => metadata.name);
    const refs = objects
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
      .map(({ spec }) => z.object({ scaleTargetRef: z.object({ name: z.string() }) }).parse(spec).scaleTargetRef.name);
    expect(refs.sort()).toEqual(names.sort());
  });
});

test('every variable that a program reads is in the README', () => {
  const sources = ['server/platform/config.ts', 'server/gateway/config.ts'].map((file) => readFileSync(file, 'utf8'));
  const names = sources.flatMap((source) =>
    [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+): z?/gm)].map(([, name = '']) => name),
  );
  expect(names.length).toBeGreaterThan(30);
  for (const name of names) expect(readme).toContain(`\`${name}\``);
});
