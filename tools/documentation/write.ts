/* Writes the parts of the documentation that are made from the code: npm run docs */
import { writeFromCode } from '.';

void writeFromCode();
