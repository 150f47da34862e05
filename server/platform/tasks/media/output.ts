import { Muxer, type MuxerOptions } from 'node-av';

/**
 * Opens a local file to write encoded or copied packets to; its ending or `format` names the container. Throws `FFmpegError`.
 *
 * Packets are written synchronously (this runs in a task process, which waits for nothing else): the asynchronous muxer of
 * node-av 6.1 puts aside what comes while it writes the header and forgets a packet that comes just before it is done, so
 * that now and then a file with sound had lost a frame of its first second.
 */
export async function openOutput(file: string, options: MuxerOptions<string>): Promise<Muxer> {
  const output = await Muxer.open(file, options);
  output.writePacket = async (packet, streamIndex) => output.writePacketSync(packet, streamIndex);
  return output;
}
