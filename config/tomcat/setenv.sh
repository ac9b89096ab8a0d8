#!/bin/sh
# Belongs into Tomcat's bin folder; catalina.sh reads it. Debian's tomcat10 package reads /etc/default/tomcat10 instead, where the
# same goes into JAVA_OPTS.

# For 18,000 connections, half of them event streams, and the logs of a busy site. One size, so that the heap never has to grow when
# everybody comes back at once.
CATALINA_OPTS="$CATALINA_OPTS -Xms2g -Xmx2g"

# A node without memory is restarted, and its clients go on elsewhere; one that limps holds them.
CATALINA_OPTS="$CATALINA_OPTS -XX:+ExitOnOutOfMemoryError"

# Bytes of the three buffers that Tomcat has for every WebSocket: what comes in, what goes out, the encoding of texts. With its own 8 KB
# a connection takes 73 KB of heap, with these some 20 KB.
CATALINA_OPTS="$CATALINA_OPTS -Dorg.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE=3584"

export CATALINA_OPTS
