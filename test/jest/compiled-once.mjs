import vm from 'node:vm';

/**
 * Jest compiles packages and sources anew for each test file. Here V8's code cache of a worker keeps
 * what came of it: files run as apart from each other as ever, but are compiled once.
 */
export function compileOnce() {
  const { compileFunction, SourceTextModule } = vm;
  const functions = new CodeCache();
  const modules = new CodeCache();

  vm.compileFunction = (code, parameters, options) => {
    const { filename } = options;
    const cachedData = functions.get(filename, code);
    if (cachedData) return compileFunction(code, parameters, { ...options, cachedData });
    const compiled = compileFunction(code, parameters, { ...options, produceCachedData: true });
    functions.set(filename, code, compiled.cachedData);
    return compiled;
  };

  vm.SourceTextModule = class extends SourceTextModule {
    constructor(code, options) {
      const cachedData = modules.get(options.identifier, code);
      super(code, { ...options, cachedData });
      if (!cachedData) modules.set(options.identifier, code, this.createCachedData());
    }
  };
}

/** V8 itself tells codes apart by their length alone. */
class CodeCache {
  #files = new Map();

  get(file, code) {
    const known = this.#files.get(file);
    return known?.code === code ? known.data : undefined;
  }

  set(file, code, data) {
    this.#files.set(file, { code, data });
  }
}
