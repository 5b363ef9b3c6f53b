/** What the four info bytes of a message mean. */
export const Info1 = {
  READ: 0x01,
  ALL_BINS: 0x02,
  SHORT_QUERY: 0x04,
  BATCH: 0x08,
  NO_BIN_DATA: 0x20,
  READ_MODE_AP_ALL: 0x40,
  COMPRESS_ANSWER: 0x80,
} as const;

export const Info2 = {
  WRITE: 0x01,
  DELETE: 0x02,
  GENERATION_EQUAL: 0x04,
  GENERATION_GREATER: 0x08,
  DURABLE_DELETE: 0x10,
  CREATE_ONLY: 0x20,
  ANSWER_ALL_OPS: 0x80,
} as const;

export const Info3 = {
  LAST: 0x01,
  COMMIT_LEVEL_MASTER: 0x02,
  PARTITION_DONE: 0x04,
  UPDATE_ONLY: 0x08,
  CREATE_OR_REPLACE: 0x10,
  REPLACE_ONLY: 0x20,
  STRONG_READ_TYPE: 0x40,
  STRONG_READ_RELAX: 0x80,
} as const;

/** The types of a message's fields. */
export const FieldType = {
  NAMESPACE: 0,
  SET: 1,
  USER_KEY: 2,
  DIGEST: 4,
  TRANSACTION_ID: 5,
  TRANSACTION_DEADLINE: 6,
  TASK_ID: 7,
  SOCKET_TIMEOUT: 9,
  RECORDS_PER_SECOND: 10,
  PARTITION_IDS: 11,
  RESUME_DIGESTS: 12,
  MAX_RECORDS: 13,
  INDEX_VALUE: 15,
  INDEX_RANGE: 22,
  INDEX_TYPE: 26,
  UDF_PACKAGE: 30,
  UDF_FUNCTION: 31,
  UDF_ARGUMENTS: 32,
  UDF_JOB: 33,
  BATCH: 41,
  FILTER_EXPRESSION: 43,
} as const;

/** What an operation does to its bin. */
export const OpType = {
  READ: 1,
  WRITE: 2,
  COLLECTION_READ: 3,
  COLLECTION_MODIFY: 4,
  INCREMENT: 5,
  EXPRESSION_READ: 7,
  EXPRESSION_WRITE: 8,
  APPEND: 9,
  PREPEND: 10,
  TOUCH: 11,
  BITS_READ: 12,
  BITS_MODIFY: 13,
  DELETE: 14,
  HLL_READ: 15,
  HLL_MODIFY: 16,
} as const;

/** The values of a request's ttl that are no number of seconds; in one that only reads there is a percentage. */
export const Ttl = { NAMESPACE_DEFAULT: 0, KEEP: 0xfffffffe, NEVER: 0xffffffff } as const;
