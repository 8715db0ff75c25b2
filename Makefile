# Each target is a script in Scripts/. ARGS passes arguments on: make serve ARGS="--port 7000"

.PHONY: help build serve test bench bench-engine bench-hashes bench-latency bench-memory bench-keys bench-types bench-lab proof fuzz format docs clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build the release binary, .build/release/snug
	@Scripts/build

serve: ## build and serve on 127.0.0.1:6379; ARGS="--port 7000" passes arguments on
	@Scripts/serve $(ARGS)

test: ## install what the tests need and run every test; ARGS="unit python" picks stages
	@Scripts/test $(ARGS)

bench: ## compare speed, start-up and idle memory with redis-server; ARGS="--quick", "--only keys"
	@Scripts/bench run $(ARGS)

bench-engine: ## time the engine without a socket, 10^4 to 10^7 keys; ARGS="10000,1000000 dense text", "--large"
	@Benchmarks/curve $(ARGS)

bench-hashes: ## what HGET, HSET and HDEL take in hashes of 10 to 10^7 fields beside redis-server
	@Scripts/bench hashes $(ARGS)

bench-latency: ## latency at 50,000 requests a second beside redis-server, also while keys are inserted
	@Scripts/bench latency $(ARGS)

bench-memory: ## compare memory with redis-server, into docs/benchmarks.md; ARGS="--count 100000 churn" only prints
	@Scripts/bench memory $(or $(ARGS),--write docs/benchmarks.md)

bench-keys: ## what random alphanumeric keys cost, into docs/random-keys.md; ARGS="--alphabets hex" only prints
	@Scripts/bench keys $(or $(ARGS),--write docs/random-keys.md)

bench-types: ## compare the speed of lists, sets, sorted sets, streams and bitmaps; ARGS="--only zset large", "--write docs/benchmarks.md"
	@Scripts/bench types $(ARGS)

bench-lab: ## run snug lab all beside redis-server, into docs/benchmarks.md; ARGS="--items 50000" only prints
	@Scripts/bench lab $(or $(ARGS),--write docs/benchmarks.md)

proof: ## measure the table in README.md beside redis-server and write it there
	@Scripts/bench proof $(or $(ARGS),--write README.md)

fuzz: ## fuzz each target for ten minutes; ARGS="--seconds 60 NAME" picks time and target
	@Scripts/fuzz $(ARGS)

format: ## format the Swift sources in place
	@Scripts/format

docs: ## write docs/commands.md and docs/configuration.md from the declarations
	@swift build -q
	@.build/debug/snug document commands > docs/commands.md
	@.build/debug/snug document configuration > docs/configuration.md

clean: ## remove what was built
	@rm -rf .build .venv
