import net from 'node:net';

/*
 * Loaded before the gateway: its calls come from the loopback address in `CHAOS_ADDRESS`, so that the vendors know which
 * replica made them.
 */
const { connect } = net;
const localAddress = process.env['CHAOS_ADDRESS'];
net.connect = (options, ...rest) => connect({ ...options, localAddress }, ...rest);
