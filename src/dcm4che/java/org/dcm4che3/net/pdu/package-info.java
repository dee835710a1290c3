/**
 * Values exchanged while an association is negotiated, rejected or aborted (PS3.8 section 9.3,
 * PS3.7 Annex D).
 *
 * <p>Holds no sockets and no encoding; uses nothing but the data package.
 */
package org.dcm4che3.net.pdu;
