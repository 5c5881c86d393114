import { unsupported } from '../../hunt-error.ts';
import type { Query } from '../../tree/query.ts';
import type { Relation } from '../relation.ts';
import type { Compilation } from '../scope.ts';
import { compileEnrich } from './enrich.ts';
import { compileApply, compileExpand } from './expand.ts';
import { compileJoin } from './join.ts';
import { compileNested } from './nested.ts';
import { compileParse, compileParseKv } from './parse.ts';
import { compilePartition } from './partition.ts';
import { compilePlugin } from './plugins.ts';
import {
  compileDistinct,
  compileExtend,
  compileProject,
  compileSample,
  compileSort,
  compileTake,
  compileWhere,
} from './rows.ts';
import { compileSchema } from './schema.ts';
import { compileSeries } from './series.ts';
import { compileExternal, compileFunction, compilePrint, compileRange, compileRows, compileTable } from './sources.ts';
import { compileCount, compileSummarize } from './summarize.ts';
import { compileUnion } from './union.ts';

/** Compiles one node of the tree, and with it all that it reads. */
export function compileQuery(query: Query, compilation: Compilation): Relation {
  switch (query.kind) {
    case 'table':
      return compileTable(query, compilation);
    case 'rows':
      return compileRows(query, compilation);
    case 'print':
      return compilePrint(query, compilation);
    case 'range':
      return compileRange(query, compilation);
    case 'union':
      return compileUnion(query, compilation);
    case 'external':
      return compileExternal(query, compilation);
    case 'function':
      return compileFunction(query, compilation);
    case 'context':
      if (compilation.context === undefined) throw unsupported('A sub-query here', query.at);
      return compilation.context;
    case 'where':
      return compileWhere(query, compilation);
    case 'extend':
    case 'serialize':
      return compileExtend(query, compilation);
    case 'project':
      return compileProject(query, compilation);
    case 'summarize':
      return compileSummarize(query, compilation);
    case 'sort':
    case 'top':
      return compileSort(query, compilation);
    case 'take':
      return compileTake(query, compilation);
    case 'count':
      return compileCount(query, compilation);
    case 'distinct':
      return compileDistinct(query, compilation);
    case 'join':
      return compileJoin(query, compilation);
    case 'expand':
      return compileExpand(query, compilation);
    case 'apply':
      return compileApply(query, compilation);
    case 'parse':
      return compileParse(query, compilation);
    case 'parse-kv':
      return compileParseKv(query, compilation);
    case 'series':
      return compileSeries(query, compilation);
    case 'plugin':
      return compilePlugin(query, compilation);
    case 'sample':
      return compileSample(query, compilation);
    case 'schema':
      return compileSchema(query, compilation);
    case 'nested':
      return compileNested(query, compilation);
    case 'partition':
      return compilePartition(query, compilation);
    case 'enrich':
      return compileEnrich(query, compilation);
  }
}
