# The article's three runs, line by line as a reader copies them to a terminal; only the number of
# items is a parameter here. `redis-cli` is found on PATH.
: "${ITEMS:=1000000}"

echo "run one"
redis-cli FLUSHALL
redis-cli INFO memory | grep "used_memory:"
seq 1 $ITEMS | awk '{v=($1%7==0); print "SET user:"$1":blocked " v}' | redis-cli --pipe
redis-cli INFO memory | grep "used_memory:"

echo "run two"
redis-cli FLUSHALL
redis-cli CONFIG SET hash-max-listpack-entries 1
redis-cli INFO memory | grep "used_memory:"
seq 1 $ITEMS | awk '{v=($1%7==0); b=int(($1-1)/1000); print "HSET user:blocked:"b" "$1" "v}' | redis-cli --pipe
redis-cli INFO memory | grep "used_memory:"
redis-cli OBJECT ENCODING user:blocked:0

echo "run three"
redis-cli FLUSHALL
redis-cli CONFIG SET hash-max-listpack-entries 1024
redis-cli INFO memory | grep "used_memory:"
seq 1 $ITEMS | awk '{v=($1%7==0); b=int(($1-1)/1000); print "HSET user:blocked:"b" "$1" "v}' | redis-cli --pipe
redis-cli INFO memory | grep "used_memory:"
redis-cli OBJECT ENCODING user:blocked:0
