/**
 * The fields of an image that an update can set. All else is written over this list, or does not
 * compile until it holds each of them ("Add a field" in CONTRIBUTING.md).
 */
export const FIELDS = ['title', 'description'] as const;
export type Field = (typeof FIELDS)[number];

/** Something of each field. */
export type EachField<Value> = { readonly [field in Field]: Value };

/** The same as a list. */
export type ListOfEachField<Value> = OneForEach<typeof FIELDS, Value>;
type OneForEach<Items extends readonly unknown[], Value> = { [at in keyof Items]: Value };

/** Values to set; a field that is absent stays as it is at FinerWorks. */
export type Values = { readonly [field in Field]?: string | undefined };

/**
 * The same where none may be forgotten. What is done for each record names its fields, because a
 * loop over them takes longer than all that it does with them.
 */
export type AllValues = EachField<string | undefined>;

/** Makes something of each field. */
export function ofEachField<Value>(make: (field: Field) => Value): EachField<Value> {
  return { title: make('title'), description: make('description') };
}

/** The fields that are supplied. */
export function fieldsOf(values: Values): Field[] {
  return FIELDS.filter((field) => values[field] !== undefined);
}

/** Whether any field is supplied. */
export function hasValues(values: Values): boolean {
  return FIELDS.some((field) => values[field] !== undefined);
}
