// What of OpenAPI the reference shows, and a schema as a short sketch of its shape.
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  items?: Schema;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  schema?: Schema;
}

export interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
  responses?: Record<string, { description: string; content?: Record<string, { schema?: Schema }> }>;
}

export interface Spec {
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

const DEEPEST = 5;

/** The shape of what a schema describes, such as `{ id: string, owner?: string | null }`. */
export function sketch(schema: Schema | undefined, spec: Spec, depth = 0): string {
  if (schema === undefined) return "any";
  if (schema.$ref) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    return depth >= DEEPEST ? name : sketch(spec.components?.schemas?.[name], spec, depth);
  }
  if (schema.anyOf) return schema.anyOf.map((one) => sketch(one, spec, depth)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.type === "array") return `[${sketch(schema.items, spec, depth)}]`;
  if (schema.properties) {
    if (depth >= DEEPEST) return "{…}";
    const indent = "  ".repeat(depth + 1);
    const lines = Object.entries(schema.properties).map(
      ([name, held]) => `${indent}${name}${schema.required?.includes(name) ? "" : "?"}: ${sketch(held, spec, depth + 1)}`,
    );
    return `{\n${lines.join("\n")}\n${"  ".repeat(depth)}}`;
  }
  return schema.format ?? schema.type ?? "any";
}

/** Operations under their tags, in the order of the specification. */
export function byTag(spec: Spec, filter: string): [string, { verb: string; path: string; operation: Operation }[]][] {
  const found = new Map<string, { verb: string; path: string; operation: Operation }[]>();
  for (const [path, verbs] of Object.entries(spec.paths)) {
    for (const [verb, operation] of Object.entries(verbs)) {
      if (!`${verb} ${path} ${operation.summary ?? ""}`.toLowerCase().includes(filter.toLowerCase())) continue;
      const tag = operation.tags?.[0] ?? "";
      found.set(tag, [...(found.get(tag) ?? []), { verb, path, operation }]);
    }
  }
  return [...found];
}

/** The address that a form's values make of a path. */
export function addressOf(path: string, parameters: Parameter[], values: Record<string, string>): string {
  let address = path;
  const query = new URLSearchParams();
  for (const { name, in: place } of parameters) {
    const value = values[name] ?? "";
    if (place === "path") address = address.replace(`{${name}}`, encodeURIComponent(value));
    else if (place === "query" && value) query.set(name, value);
  }
  const asked = query.toString();
  return asked ? `${address}?${asked}` : address;
}
