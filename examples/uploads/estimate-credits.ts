import { stat } from 'node:fs/promises';
import { estimateUploadCredits } from '@mikshi/studio-client';
import { argument } from '../client.ts';

// What storing a file will cost: 1 credit per 25 MiB. No network.
const { size } = await stat(argument(0, 'the path of a video'));
console.log(`${size} bytes cost ${estimateUploadCredits(size)} credit(s)`);
