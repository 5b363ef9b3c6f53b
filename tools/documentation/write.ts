/* Writes what of the documentation is made from the code: npm run docs */
import { writeFromCode } from '.';

void writeFromCode();
