// Writes the rows of the tables that are named as one JSON object. Integers are read as BigInt, dates as Date.
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

const read = {}
for (const name of process.argv.slice(2)) {
  const file = await asyncBufferFromFile(`parquet/${name}.parquet`)
  read[name] = await parquetReadObjects({ file, compressors })
}
const plain = (key, value) => (typeof value === 'bigint' ? Number(value) : value)
process.stdout.write(JSON.stringify(read, plain).replaceAll('T00:00:00.000Z"', '"'))
